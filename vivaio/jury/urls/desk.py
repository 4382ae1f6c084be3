"""The jurors' pages: the invitation, the desk, the sheets."""

from django.urls import path

from vivaio.jury.views import declaring, desk, invitation, sheet

urlpatterns = [
    path("jury/invitations/<str:token>/", invitation.show, name="invitation"),
    path("jury/invitations/<str:token>/accept/", invitation.accept, name="accept"),
    path("jury/invitations/<str:token>/decline/", invitation.decline, name="decline"),
    path("jury/<uuid:panel>/", desk.index, name="desk"),
    path("jury/<uuid:panel>/criteria/", desk.criteria, name="criteria"),
    path("jury/<uuid:panel>/conflicts/", declaring.conflicts, name="declaration"),
    path("jury/<uuid:panel>/<uuid:pk>/", sheet.sheet, name="sheet"),
    path("jury/<uuid:panel>/<uuid:pk>/save/", sheet.autosave, name="autosave"),
    path("jury/<uuid:panel>/<uuid:pk>/files/<uuid:file>/", sheet.attachment, name="attachment"),
]
