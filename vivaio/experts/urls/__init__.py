"""The addresses of the room, a module for each of its parts."""

from vivaio.experts.engaging import urls as engaging
from vivaio.experts.placing import urls as placing
from vivaio.experts.urls import bank, fields, requests

app_name = "experts"

urlpatterns = [
    *engaging.urlpatterns,
    *requests.urlpatterns,
    *fields.urlpatterns,
    *bank.urlpatterns,
    *placing.urlpatterns,
]
