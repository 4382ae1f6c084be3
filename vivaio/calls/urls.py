from django.urls import path

from vivaio.calls.views import public

app_name = "calls"

CALL = "calls/<slug:programme>/<slug:slug>/"

urlpatterns = [
    path("programmes/<slug:programme>/calls/", public.call_list, name="public_list"),
    path(CALL, public.call, name="call"),
    path(f"{CALL}call.pdf", public.full_text_pdf, name="full_text"),
    path("call-documents/<uuid:pk>/", public.document, name="document"),
]
