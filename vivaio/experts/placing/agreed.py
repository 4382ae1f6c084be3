"""The text of a learning agreement: what its digest is made of, and the words that a signature confirms."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.experts.models import LearningAgreement, Placement
from vivaio.experts.placing.states import Side
from vivaio.kit import formats

FIELDS = ("goals", "activities", "hours", "starts_on", "ends_on", "host_tutor", "university_tutor")


def digest(agreement: LearningAgreement) -> str:
    """The SHA-256 of what is agreed and between whom, written in one way."""
    told: dict[str, Any] = {name: str(getattr(agreement, name)) for name in FIELDS}
    placement = agreement.placement
    told |= {"placement": str(placement.pk), "version": agreement.version}
    told |= {"student": str(placement.student_id), "offer": str(placement.offer_id)}
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def statement(agreement: LearningAgreement, side: Side, name: str) -> str:
    """The very words that a click confirms."""
    return _("I, %(name)s, sign this agreement %(side)s (version %(version)s, SHA-256 %(digest)s).") % {
        "name": name,
        "side": for_whom(agreement.placement, side),
        "version": agreement.version,
        "digest": agreement.digest,
    }


def for_whom(placement: Placement, side: Side) -> str:
    """In whose name somebody signs."""
    if side == Side.STUDENT:
        return _("as the student")
    if side == Side.INITIATIVE:
        return _("for “%(initiative)s”") % {"initiative": placement.offer.initiative}
    return _("for “%(university)s”") % {"university": placement.student.university}


def facts(agreement: LearningAgreement) -> list[tuple[str, str]]:
    """The agreement in terms and values, for page and paper."""
    placement = agreement.placement
    offer = placement.offer
    return [
        (_("Student"), f"{placement.student}, {placement.student.course}"),
        (_("University"), str(placement.student.university)),
        (_("Initiative"), _host(placement)),
        (_("Period"), f"{formats.day(agreement.starts_on)} – {formats.day(agreement.ends_on)}"),
        (_("Hours in all"), str(agreement.hours)),
        (_("Where one works"), ", ".join(filter(None, [offer.get_work_place_display(), offer.address]))),
        (_("Tutor in the initiative"), agreement.host_tutor),
        (_("University tutor"), agreement.university_tutor),
    ]


def _host(placement: Placement) -> str:
    initiative = placement.offer.initiative
    if initiative.organisation is None:
        return str(initiative)
    return f"{initiative} ({initiative.organisation})"


def grant_title(placement: Placement) -> str:
    """The name of the award, in the programme's language."""
    with override(placement.round.programme.first_language):
        return (_("Placement grant: %(offer)s") % {"offer": placement.offer})[:160]


def grant_conditions(placement: Placement) -> str:
    """What the award is for: it goes to the initiative, for this one placement."""
    with override(placement.round.programme.first_language):
        return _(
            "Earmarked for one placement of the round “%(round)s”: it is paid on to the student placed."
        ) % {"round": placement.round}
