"""The papers of a placement, PDF/UA: the learning agreement with its signatures, the sheet of hours."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from vivaio.experts.models import LearningAgreement, Placement
from vivaio.experts.placing import agreed
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.states import HoursState, Side
from vivaio.kit import clock, documents, formats


def agreement(found: LearningAgreement, language: str) -> bytes:
    """What the three agree on, who signed it and when; the same bytes each time."""
    placement = found.placement
    programme = placement.round.programme
    held = {one.side: one for one in queries.signatures_of(found)}
    last = max((one.signed_at for one in held.values()), default=found.written_at)
    with override(language):
        rows = []
        for side in Side:
            signed = held.get(side)
            when = formats.instant(signed.signed_at, programme.time_zone) if signed else "–"
            rows.append(
                [agreed.for_whom(placement, side), signed.name if signed else _("not signed yet"), when]
            )
        data: dict[str, Any] = {
            "programme": str(programme),
            "lead": str(placement.offer),
            "facts": agreed.facts(found),
            "goals_title": _("Goals"),
            "goals": found.goals,
            "activities_title": _("Activities"),
            "activities": found.activities,
            "signatures_title": _("Signatures"),
            "signatures_heads": [_("In whose name"), _("Name"), _("When")],
            "signatures": rows,
            "note": _(
                "Each signed with a click, signed in with their own account, the text whose SHA-256 stands here."
            ),
            "digest": [(_("Version"), str(found.version)), ("SHA-256", found.digest)],
        }
        return documents.pdf(
            "experts/agreement",
            data,
            title=_("Learning agreement"),
            language=language,
            author=str(programme),
            at=last,
        )


def hours(placement: Any, language: str) -> bytes:
    """The hours that the initiative confirmed, day by day, with their sum; how it went, once it is over."""
    programme = placement.round.programme
    entries = list(
        queries.hours_of(placement).filter(state=HoursState.CONFIRMED).order_by("day", "created_at")
    )
    with override(language):
        rows = [
            [formats.short_day(one.day), formats.number(one.hours), one.what, str(one.confirmed_by or "–")]
            for one in entries
        ]
        total = sum((one.hours for one in entries), start=entries[0].hours * 0) if entries else 0
        data: dict[str, Any] = {
            "programme": str(programme),
            "lead": _lead(placement),
            "facts": [
                (_("Student"), f"{placement.student}, {placement.student.course}"),
                (_("University"), str(placement.student.university)),
                (_("Initiative"), str(placement.offer.initiative)),
                (_("Placement"), str(placement.get_state_display())),
                (_("Hours confirmed"), formats.number(total)),
            ],
            "heads": [_("Day"), _("Hours"), _("What was done"), _("Confirmed by")],
            "rows": rows,
            "caption": _("Hours, day by day"),
            "said": [
                [agreed.for_whom(placement, Side(one.side)), str(one.get_grade_display()), one.text]
                for one in queries.evaluations_of(placement)
            ],
            "said_heads": [_("In whose name"), _("Goals reached"), _("In words")],
            "said_title": pgettext("placement", "How it went"),
        }
        return documents.pdf(
            "experts/hours",
            data,
            title=_("Sheet of hours"),
            language=language,
            author=str(programme),
            at=clock.now(),
        )


def _lead(placement: Placement) -> str:
    return _("Placement of %(student)s with %(initiative)s") % {
        "student": placement.student,
        "initiative": placement.offer.initiative,
    }
