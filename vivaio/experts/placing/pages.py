"""What the pages of placements show: put together from queries, rules and the computation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vivaio.experts.models import Placement, PlacementMatching, PlacementRound
from vivaio.experts.placing import agreed, computing
from vivaio.experts.placing.queries import placements, taking_part
from vivaio.experts.placing.states import (
    HOURS_TONES,
    PLACEMENT_TONES,
    STANDING,
    HoursState,
    PlacementRoundState,
    PlacementState,
    Side,
)
from vivaio.kit import clock, money
from vivaio.kit.frame import Item

PAGES = (
    ("round", gettext_lazy("The round"), "experts:placement_round"),
    ("students", gettext_lazy("Students"), "experts:placement_students"),
    ("offers", pgettext_lazy("placement", "Offers"), "experts:placement_offers"),
    ("matching", gettext_lazy("Matching"), "experts:placement_matching"),
    ("placements", gettext_lazy("Placements"), "experts:placement_list"),
    ("invite", gettext_lazy("Invitations"), "experts:placement_invite"),
)
NOT_FOR_READERS = ("matching", "invite")


def frame(row: PlacementRound, current: str, *, runs: bool) -> dict[str, Any]:
    """The frame of a round's page for the staff: programme, way back, tabs."""
    return {
        "round": row,
        "programme": row.programme,
        "runs": runs,
        "trail": [
            (_("Placements"), reverse("experts:placements", args=[row.programme.slug])),
            (str(row), ""),
        ],
        "tabs": [
            Item(label, reverse(name, args=[row.pk]), key == current)
            for key, label, name in PAGES
            if runs or key not in NOT_FOR_READERS
        ],
    }


def next_step(row: Any) -> str:
    """What comes next in this round, in words."""
    now = clock.now()
    if row.state == PlacementRoundState.DRAFT:
        return _("Open it: initiatives can offer places and students can apply, until their dates.")
    if row.state == PlacementRoundState.CLOSED:
        return _("The round is closed. Its placements go on to their end.")
    if row.state == PlacementRoundState.SENT:
        return _(
            "Matched and sent. If a place comes free, match again: those who are placed stay where they are."
        )
    if now < row.offers_until:
        return _("Initiatives are offering places: check what they send.")
    if now < row.students_until:
        return _("Students are applying: their tutors vouch for them.")
    if now < row.preferences_until:
        return _("Students and initiatives are saying whom they would like.")
    return _("All preferences are in: match the round.")


def figures(row: Any) -> list[tuple[str, Any]]:
    """The round in figures."""
    return [
        (_("Students vouched for"), row.vouched_n),
        (_("Waiting for the tutor"), row.applied_n),
        (_("Offers that students see"), row.offers_n),
        (_("Offers to check"), row.asked_n),
    ]


def given(row: Any) -> list[tuple[str, str]]:
    """Who has given preferences so far."""
    words = _("%(done)s of %(all)s")
    return [
        (_("Students who said what they would like"), words % {"done": row.wished_n, "all": row.vouched_n}),
        (_("Offers whose students are ranked"), words % {"done": row.ranked_n, "all": row.offers_n}),
    ]


@dataclass(frozen=True)
class Line:
    """A student in a matching: where, which choice, and why none of those above."""

    student: Any
    offer: Any
    wish: int | None
    wished: int
    reasons: list[str]


def of_matching(found: PlacementMatching) -> dict[str, Any]:
    """A matching as the staff looks at it: who goes where, who stays without, which places stay empty."""
    students = {one.pk: one for one in taking_part.students().filter(round=found.round_id)}
    offers = {one.pk: one for one in taking_part.offers().filter(round=found.round_id)}
    lines = []
    for one in computing.outcomes(found.inputs):
        student = students.get(UUID(one.student))
        reasons = [
            computing.in_words(code, str(offers.get(UUID(offer), "–")), staff=True)
            for offer, code in one.reasons
        ]
        offer = offers.get(UUID(one.offer)) if one.offer else None
        lines.append(Line(student, offer, one.wish, one.wished, reasons))
    placed = sorted(
        (line for line in lines if line.offer), key=lambda line: (str(line.offer.initiative), line.wish)
    )
    empty = [(offers.get(UUID(one)), many) for one, many in computing.empty_places(found.inputs).items()]
    return {
        "placed": placed,
        "unplaced": [line for line in lines if not line.offer],
        "empty": empty,
        "facts": [
            (_("Students placed"), len(placed)),
            (_("With their first choice"), sum(line.wish == 1 for line in placed)),
            (_("Without a placement"), len(lines) - len(placed)),
            (_("Places left empty"), sum(many for _offer, many in empty)),
        ],
    }


def reasons_of(placement: Placement) -> list[str]:
    """Why not a choice that the student put higher, in words for everybody concerned."""
    found = placement.matching
    if found is None:
        return []
    told = next(
        (one for one in computing.outcomes(found.inputs) if one.student == str(placement.student_id)), None
    )
    if told is None or not told.reasons:
        return []
    names = {
        str(one.pk): str(one) for one in taking_part.offers().filter(pk__in=[o for o, _c in told.reasons])
    }
    return [computing.in_words(code, names.get(offer, "–"), staff=False) for offer, code in told.reasons]


def own_sides(row: Any, person: Any) -> list[Side]:
    """For whom the reader speaks, from the statement that read the placement."""
    told = [
        (Side.STUDENT, row.student.person_id == person.pk),
        (Side.INITIATIVE, row.leads),
        (Side.UNIVERSITY, row.tutors),
    ]
    return [side for side, holds in told if holds]


@dataclass(frozen=True)
class Signing:
    """A side under the agreement: who signed and when, or whether the reader may."""

    side: Side
    whom: str
    signature: Any
    statement: str


def signing(row: Any, agreement: Any, sides: list[Side], name: str) -> list[Signing]:
    """The three sides with their signatures."""
    held = {one.side: one for one in placements.signatures_of(agreement)} if agreement else {}
    told = []
    for side in Side:
        may = (
            agreement is not None
            and row.state == PlacementState.AGREEING
            and side in sides
            and side not in held
        )
        words = agreed.statement(agreement, side, name) if may else ""
        told.append(Signing(side, agreed.for_whom(row, side), held.get(side), words))
    return told


def of_placement(row: Any, person: Any, permissions: frozenset[str]) -> dict[str, Any]:
    """One placement for whoever reads it."""
    sides = own_sides(row, person)
    agreement = getattr(row, "agreement", None)
    if agreement is not None:
        agreement.placement = row
    runs, staff = "experts.match" in permissions, "experts.read" in permissions
    confirms = (row.leads or (row.of_team and row.offer.tutor_id == person.pk)) and Side.STUDENT not in sides
    entries = [(one, HOURS_TONES[one.state]) for one in placements.hours_of(row)] if row.started_at else []
    over = row.state in (PlacementState.DONE, PlacementState.ENDED) and row.started_at is not None
    return {
        "row": row,
        "programme": row.round.programme,
        "tone": PLACEMENT_TONES[row.state],
        "sides": sides,
        "accepting": _accepting(row, sides),
        "accepted": [
            (_("The student"), row.student_accepted_at),
            (_("The initiative"), row.initiative_accepted_at),
        ],
        "agreement": agreement,
        "facts": agreed.facts(agreement) if agreement else [],
        "signing": signing(row, agreement, sides, person.full_name),
        "writes": row.state == PlacementState.AGREEING and (bool(sides) or runs),
        "entries": entries,
        "waiting": any(one.state == HoursState.LOGGED for one, _tone in entries),
        "logs": Side.STUDENT in sides and row.state == PlacementState.RUNNING,
        "confirms": confirms and row.state == PlacementState.RUNNING,
        "finishes": (confirms or runs) and row.state == PlacementState.RUNNING,
        "ends": (bool(sides) or runs) and row.state in (PlacementState.AGREEING, PlacementState.RUNNING),
        "evaluations": placements.evaluations_of(row) if over else [],
        "evaluates": sides if over else [],
        "grants": "funding.manage" in permissions and row.offer.grant and not row.award,
        "grant_refused": None
        if row.state in (PlacementState.RUNNING, PlacementState.DONE)
        else _("The grant is awarded only once the three sides have signed the agreement."),
        "reads_student": not row.of_team or staff or Side.UNIVERSITY in sides or row.state in STANDING,
        "sees_award": row.of_team or "funding.read" in permissions,
        "reasons": reasons_of(row) if Side.STUDENT in sides and row.wish > 1 else [],
        "trail": trail(row, sides, staff),
    }


def back_note(entry: Any) -> str:
    """Why hours came back, for the student who corrects them."""
    return _("Sent back because: %(words)s") % {"words": entry.words} if entry.words else ""


def grant_note(row: Any) -> str:
    """To whom the grant goes, and what for."""
    return _(
        "%(amount)s go to “%(initiative)s”, earmarked for the placement of %(student)s. The initiative claims them with"
        " what it has paid to the student; the ledger keeps every step."
    ) % {
        "amount": money.show(row.offer.grant, row.offer.currency) if row.offer.grant else "–",
        "initiative": row.offer.initiative,
        "student": row.student,
    }


def _accepting(row: Any, sides: list[Side]) -> list[Side]:
    """The sides for which the reader may still accept or decline."""
    if row.state != PlacementState.PROPOSED or row.answer_by <= clock.now():
        return []
    told = {Side.STUDENT: row.student_accepted_at, Side.INITIATIVE: row.initiative_accepted_at}
    return [side for side in sides if side in told and told[side] is None]


def trail(row: Any, sides: list[Side], staff: bool) -> list[tuple[str, str]]:
    """The way back: one's own page, the university's, the initiative's tab, the round."""
    if Side.STUDENT in sides:
        above = (_("My placements"), reverse("experts:placements_mine"))
    elif row.of_team:
        above = (str(row.offer.initiative), reverse("experts:placement_tab", args=[row.offer.initiative_id]))
    elif row.tutors:
        above = (_("Students of my university"), reverse("experts:placements_tutored"))
    else:
        above = (_("Placements"), reverse("experts:placement_list", args=[row.round_id]))
    return [above, (str(row.student), "")]
