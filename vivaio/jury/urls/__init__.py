"""Paths of the jury, one list for each noun."""

from vivaio.jury.attending import urls as attending
from vivaio.jury.awarding import urls as awarding
from vivaio.jury.blinding import urls as blinding
from vivaio.jury.commenting import urls as commenting
from vivaio.jury.discussing import urls as discussing
from vivaio.jury.meeting import urls as meeting
from vivaio.jury.pitching import urls as pitching
from vivaio.jury.recusing import urls as recusing
from vivaio.jury.urls import desk, ranking, staff

app_name = "jury"

urlpatterns = [
    *staff.urlpatterns,
    *blinding.urlpatterns,
    *recusing.urlpatterns,
    *discussing.urlpatterns,
    *meeting.urlpatterns,
    *pitching.urlpatterns,
    *attending.urlpatterns,
    *awarding.urlpatterns,
    *commenting.urlpatterns,
    *ranking.urlpatterns,
    *desk.urlpatterns,
]
