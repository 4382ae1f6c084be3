"""The programme's initiatives, one's own, an initiative's overview; its team."""

from django.urls import path

from vivaio.initiatives.views import constituting, presenting, teaming
from vivaio.initiatives.views import initiatives as views

urlpatterns = [
    path("initiatives/", views.mine, name="mine"),
    path("initiatives/invitation/<str:token>/", teaming.invitation, name="invitation"),
    path("initiatives/invitation/<str:token>/decline/", teaming.decline, name="decline"),
    path("initiatives/<uuid:pk>/", views.initiative, name="initiative"),
    path("initiatives/<uuid:pk>/edit/", views.edit, name="edit"),
    path("initiatives/<uuid:pk>/move/<slug:to>/", views.move, name="move"),
    path("initiatives/<uuid:pk>/team/", teaming.team, name="team"),
    path("initiatives/<uuid:pk>/team/<uuid:member>/", teaming.member, name="member"),
    path("initiatives/<uuid:pk>/team/<uuid:member>/end/", teaming.end, name="end"),
    path(
        "initiatives/<uuid:pk>/team/invitations/<uuid:invitation>/cancel/",
        teaming.cancel_invitation,
        name="cancel_invitation",
    ),
    path("initiatives/<uuid:pk>/legal/", constituting.legal, name="legal"),
    path("initiatives/<uuid:pk>/legal/<uuid:proof>/file/", constituting.legal_file, name="legal_file"),
    path(
        "initiatives/<uuid:pk>/legal/<uuid:proof>/<slug:answer>/",
        constituting.legal_answer,
        name="legal_answer",
    ),
    path("initiatives/<uuid:pk>/story/", presenting.write, name="story_write"),
    path("initiatives/<uuid:pk>/story/<slug:act>/", presenting.act, name="story_act"),
    path("stories/<uuid:pk>/picture/", presenting.picture, name="story_picture"),
    path("programmes/<slug:programme>/stories/", presenting.stories, name="stories"),
    path("programmes/<slug:programme>/stories/<slug:slug>/", presenting.story, name="story"),
    path("programmes/<slug:programme>/initiatives/manage/", views.staff_list, name="staff_list"),
    path("programmes/<slug:programme>/initiatives/manage/found/", views.found, name="found"),
    path("programmes/<slug:programme>/initiatives/manage/bear/", views.bear_all, name="bear_all"),
]
