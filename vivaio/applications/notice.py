"""The privacy notice that an applicant reads before handing in.

It is the version that the programme has published; until there is one, the words of `applications/notice.html`.
"""

from typing import Any

from vivaio.calls.models import Call
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Notice
from vivaio.programmes.states import PartnerPart

NOTICE_VERSION = (
    "2026-11"  # raise it with every change of the words: the application keeps which one was read
)


def version_of(call: Call) -> str:
    """What names the version that holds today."""
    return named(programmes.current_notice(call.programme_id))


def named(published: Notice | None) -> str:
    """What names the version that a programme has published; where there is none, the house's words."""
    return str(published.number) if published else NOTICE_VERSION


def notice_of(call: Call) -> dict[str, Any]:
    """What the notice says of this call: its data controller is who promotes the programme, else who leads it."""
    if published := programmes.current_notice(call.programme_id):
        return {"published": published, "version": str(published.number)}
    partners = {partner.part: partner.name for partner in call.programme.partners.all()}
    controller = partners.get(PartnerPart.PROMOTER) or partners.get(PartnerPart.LEAD) or str(call.programme)
    return {
        "controller": controller,
        "programme": str(call.programme),
        "contact": call.programme.contact_email,
        "version": NOTICE_VERSION,
    }
