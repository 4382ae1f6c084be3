"""The addresses of the room, a module for each of its parts."""

from vivaio.initiatives.analysing import urls as analysing
from vivaio.initiatives.contacting import urls as contacting
from vivaio.initiatives.contesting import urls as contesting
from vivaio.initiatives.diary import urls as diary
from vivaio.initiatives.planning import urls as planning
from vivaio.initiatives.urls import initiatives

app_name = "initiatives"

urlpatterns = [
    *initiatives.urlpatterns,
    *analysing.urlpatterns,
    *contesting.urlpatterns,
    *planning.urlpatterns,
    *diary.urlpatterns,
    *contacting.urlpatterns,
]
