"""The addresses of the room, a module for each of its parts."""

from vivaio.experts.engaging import urls as engaging
from vivaio.experts.placing import urls as placing
from vivaio.experts.urls import bank, requests

app_name = "experts"

urlpatterns = [
    *engaging.urlpatterns,
    *requests.urlpatterns,
    *bank.urlpatterns,
    *placing.urlpatterns,
]
