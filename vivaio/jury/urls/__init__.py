"""Paths of the jury, one list for each noun."""

from vivaio.jury.urls import desk, ranking, staff

app_name = "jury"

urlpatterns = [*staff.urlpatterns, *ranking.urlpatterns, *desk.urlpatterns]
