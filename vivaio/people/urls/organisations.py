"""Addresses of organisations, their members and invitations."""

from django.urls import path

from vivaio.people.views import invitation, members, organisations

urlpatterns = [
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.create, name="create"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit/", organisations.edit, name="edit"),
    path("organisations/<uuid:pk>/board/", organisations.board, name="board"),
    path("organisations/<uuid:pk>/invite/", members.invite, name="invite"),
    path(
        "organisations/<uuid:pk>/invitations/<uuid:invitation>/cancel/",
        members.cancel_invitation,
        name="cancel_invitation",
    ),
    path(
        "organisations/<uuid:pk>/members/<uuid:membership>/end/",
        members.end_membership,
        name="end_membership",
    ),
    path("organisations/<uuid:pk>/members/<uuid:membership>/part/", members.change_part, name="change_part"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("invitations/<str:token>/decline/", invitation.decline, name="decline"),
]
