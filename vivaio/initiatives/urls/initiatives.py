"""The programme's initiatives, one's own, an initiative's overview; its team."""

from django.urls import path

from vivaio.initiatives.views import initiatives as views
from vivaio.initiatives.views import teaming

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
    path("programmes/<slug:programme>/initiatives/manage/", views.staff_list, name="staff_list"),
    path("programmes/<slug:programme>/initiatives/manage/found/", views.found, name="found"),
    path("programmes/<slug:programme>/initiatives/manage/bear/", views.bear_all, name="bear_all"),
]
