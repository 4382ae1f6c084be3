from django.urls import path

from vivaio.calls.views import public

app_name = "calls"

urlpatterns = [
    path("programmes/<slug:programme>/calls/", public.call_list, name="public_list"),
    path("calls/<slug:programme>/<slug:slug>/", public.call, name="call"),
]
