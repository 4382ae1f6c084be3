"""Paths of the jury, one list for each noun."""

from vivaio.jury.urls import desk, staff

app_name = "jury"

urlpatterns = [*staff.urlpatterns, *desk.urlpatterns]
