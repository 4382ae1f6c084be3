"""What is done for calls after a page has been answered."""

from vivaio.calls.models import CallNotice
from vivaio.calls.notices import actions as notices
from vivaio.kit import jobs


@jobs.job("calls.tell_notice")
def tell_notice(notice: str, hold: bool) -> None:
    """Write the letters of a published notice."""
    found = CallNotice.objects.select_related("call__programme").filter(pk=notice).first()
    if found is not None:
        notices.tell(found, hold=hold)
