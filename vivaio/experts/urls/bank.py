"""The addresses of the competence bank."""

from django.urls import path

from vivaio.experts.views import bank, invitations

urlpatterns = [
    path("programmes/<slug:programme>/experts/", bank.bank, name="bank"),
    path("programmes/<slug:programme>/experts/listed/", bank.listed, name="listed"),
    path("programmes/<slug:programme>/experts/usual-fields/", bank.lay_out, name="lay_out"),
    path("programmes/<slug:programme>/experts/join/", bank.join, name="join"),
    path("programmes/<slug:programme>/experts/invite/", invitations.invite, name="invite"),
    path(
        "programmes/<slug:programme>/experts/invite/<uuid:pk>/<slug:act>/",
        invitations.invitation_act,
        name="invitation_act",
    ),
    path("experts/invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("experts/mine/", bank.mine, name="mine"),
    path("experts/<uuid:pk>/", bank.profile, name="profile"),
    path("experts/<uuid:pk>/edit/", bank.edit, name="edit"),
    path("experts/<uuid:pk>/<slug:act>/", bank.act, name="act"),
]
