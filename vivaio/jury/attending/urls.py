"""The pages of the audience: registration, one's own page, the staff's list, the door."""

from django.urls import path

from vivaio.jury.attending.views import anyone, staff

AUDIENCE = "calls/<slug:programme>/<slug:call>/jury/pitch/audience/"

urlpatterns = [
    path("calls/<slug:programme>/<slug:call>/pitch/register/", anyone.register, name="pitch_register"),
    path("audience/<str:token>/", anyone.guest, name="guest"),
    path("audience/<str:token>/calendar.ics", anyone.calendar, name="guest_ics"),
    path("audience/<str:token>/<slug:step>/", anyone.step, name="guest_step"),
    path(AUDIENCE, staff.index, name="audience"),
    path(f"{AUDIENCE}door/", staff.door, name="door"),
    path(f"{AUDIENCE}<uuid:pk>/came/", staff.came, name="guest_came"),
    path(f"{AUDIENCE}<uuid:pk>/remove/", staff.remove, name="guest_remove"),
]
