from django.urls import include, path

from vivaio.calls.cloning import views as cloning
from vivaio.calls.notices import views as notices
from vivaio.calls.views import editing, manage, public

app_name = "calls"

CALL = "calls/<slug:programme>/<slug:slug>/"

urlpatterns = [
    path("programmes/<slug:programme>/calls/", public.call_list, name="public_list"),
    path("programmes/<slug:programme>/calls/manage/", manage.staff_list, name="staff_list"),
    path("programmes/<slug:programme>/calls/new/", manage.create, name="create"),
    path(CALL, public.call, name="call"),
    path(f"{CALL}call.pdf", public.full_text_pdf, name="full_text"),
    path("", include("vivaio.calls.asking.urls")),
    path("", include("vivaio.calls.staging.urls")),
    path(f"{CALL}manage/notice/", notices.notice, name="notice"),
    path(f"{CALL}manage/clone/", cloning.clone, name="clone"),
    path(f"{CALL}manage/", manage.home, name="manage"),
    path(f"{CALL}manage/criteria/weights/", editing.weights, name="weights"),
    path(f"{CALL}manage/documents/<uuid:pk>/remove/", editing.remove_document, name="remove_document"),
    path(f"{CALL}manage/act/<slug:act>/", manage.act, name="act"),
    path(f"{CALL}manage/<slug:section>/", editing.edit, name="edit"),
    path("call-documents/<uuid:pk>/", public.document, name="document"),
]
