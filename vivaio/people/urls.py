from django.urls import path

from vivaio.people import views

app_name = "people"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.create, name="create"),
    path("organisations/<uuid:pk>/", views.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit/", views.edit, name="edit"),
    path("organisations/<uuid:pk>/board/", views.board, name="board"),
    path("organisations/<uuid:pk>/invite/", views.invite, name="invite"),
    path(
        "organisations/<uuid:pk>/invitations/<uuid:invitation>/cancel/",
        views.cancel_invitation,
        name="cancel_invitation",
    ),
    path(
        "organisations/<uuid:pk>/members/<uuid:membership>/end/", views.end_membership, name="end_membership"
    ),
    path("organisations/<uuid:pk>/members/<uuid:membership>/part/", views.change_part, name="change_part"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
