"""The privacy notice that an applicant reads before handing in; its words stand in `applications/notice.html`."""

from vivaio.calls.models import Call
from vivaio.programmes.states import PartnerPart

NOTICE_VERSION = (
    "2026-11"  # raise it with every change of the words: the application keeps which one was read
)


def notice_of(call: Call) -> dict[str, str]:
    """What the notice says of this call: its data controller is who promotes the programme, else who leads it."""
    partners = {partner.part: partner.name for partner in call.programme.partners.all()}
    controller = partners.get(PartnerPart.PROMOTER) or partners.get(PartnerPart.LEAD) or str(call.programme)
    return {
        "controller": controller,
        "programme": str(call.programme),
        "contact": call.programme.contact_email,
        "version": NOTICE_VERSION,
    }
