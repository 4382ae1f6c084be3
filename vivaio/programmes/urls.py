from django.urls import path

from vivaio.programmes.views import invitation, roles

app_name = "programmes"

ROLES = "programmes/<slug:slug>/roles/"

urlpatterns = [
    path(ROLES, roles.roles, name="roles"),
    path(f"{ROLES}invite/", roles.invite, name="invite"),
    path(f"{ROLES}invitations/<uuid:pk>/resend/", roles.resend, name="resend"),
    path(f"{ROLES}invitations/<uuid:pk>/cancel/", roles.cancel, name="cancel"),
    path(f"{ROLES}<uuid:pk>/end/", roles.end_role, name="end_role"),
    path("role-invitations/<str:token>/", invitation.show, name="invitation"),
    path("role-invitations/<str:token>/accept/", invitation.accept, name="accept"),
    path("role-invitations/<str:token>/decline/", invitation.decline, name="decline"),
]
