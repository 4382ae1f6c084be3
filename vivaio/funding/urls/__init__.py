"""The addresses of the room: what the staff alone opens, and what teams open too."""

from vivaio.funding.urls import staff, teams

app_name = "funding"

urlpatterns = [*staff.urlpatterns, *teams.urlpatterns]
