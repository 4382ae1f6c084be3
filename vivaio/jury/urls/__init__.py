"""Paths of the jury, one list for each noun."""

from vivaio.jury.blinding import urls as blinding
from vivaio.jury.recusing import urls as recusing
from vivaio.jury.urls import desk, ranking, staff

app_name = "jury"

urlpatterns = [
    *staff.urlpatterns,
    *blinding.urlpatterns,
    *recusing.urlpatterns,
    *ranking.urlpatterns,
    *desk.urlpatterns,
]
