"""What the jury's work keeps the applications below from doing."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.jury.models import RankingEntry, Score
from vivaio.jury.states import RankingState


def withdraw(application: Application) -> str | None:
    """An application may be withdrawn until a verdict was adopted on its track."""
    decided = RankingEntry.objects.filter(application=application).exclude(
        ranking__state=RankingState.PROVISIONAL
    )
    if decided.exists():
        return _("The verdict on this application is adopted: give up the place on its outcome page instead.")
    return None


def undecide(application: Application) -> str | None:
    """Eligibility may be decided anew until a juror has scored the application."""
    if Score.objects.filter(assignment__application=application).exists():
        return _("Jurors have scored this application: the decision on its eligibility stands.")
    return withdraw(application)
