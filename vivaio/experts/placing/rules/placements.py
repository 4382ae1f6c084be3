"""Who accepts, agrees, signs, writes hours, evaluates and grants, and why not."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.experts.models import LearningAgreement, Placement, PlacementHours
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.queries import rounds
from vivaio.experts.placing.states import HoursState, PlacementState, Side
from vivaio.initiatives.queries import initiatives
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes

MOST_A_DAY = Decimal("12.00")


def sides(placement: Placement, person: Person) -> list[Side]:
    """For whom the person speaks: themselves, the initiative they lead, their university."""
    found = []
    if placement.student.person_id == person.pk:
        found.append(Side.STUDENT)
    if initiatives.leads(person, placement.offer.initiative):
        found.append(Side.INITIATIVE)
    if rounds.is_tutor_of(person, placement.student):
        found.append(Side.UNIVERSITY)
    return found


def runs(placement: Placement, person: Person) -> str | None:
    return programmes.may(person, "experts.match", placement.round.programme_id)


def concerned(placement: Placement, side: Side, person: Person) -> str | None:
    """Whether the person speaks for that side."""
    if side in sides(placement, person):
        return None
    return {
        Side.STUDENT: _("Only the student does this."),
        Side.INITIATIVE: _("Only a leader of the initiative does this."),
        Side.UNIVERSITY: _("Only a tutor of the student’s university does this."),
    }[side]


def answer(placement: Placement, side: Side, person: Person) -> str | None:
    """Student and initiative accept, each once, in time."""
    if side == Side.UNIVERSITY:
        return _("The university has vouched already: student and initiative accept.")
    refused = concerned(placement, side, person)
    if refused:
        return refused
    if placement.state != PlacementState.PROPOSED:
        return _("This placement is “%(state)s” by now.") % {"state": placement.get_state_display()}
    if placement.answer_by <= clock.now():
        return _("The time to accept is over.")
    return None


def accept(placement: Placement, side: Side, person: Person) -> str | None:
    refused = answer(placement, side, person)
    if refused:
        return refused
    told = placement.student_accepted_at if side == Side.STUDENT else placement.initiative_accepted_at
    return None if told is None else _("You have accepted already.")


def with_reason(words: str) -> str | None:
    return None if words.strip() else _("Write why: the others read it.")


def write_agreement(placement: Placement, person: Person) -> str | None:
    """Any of the three sides, and who runs the placements, until it runs."""
    if not sides(placement, person) and runs(placement, person) is not None:
        return _("Only student, initiative and university write the agreement.")
    if placement.state == PlacementState.PROPOSED:
        return _("First student and initiative accept.")
    if placement.state != PlacementState.AGREEING:
        return _("The agreement is closed: this placement is “%(state)s”.") % {
            "state": placement.get_state_display()
        }
    return None


def complete_agreement(starts_on: dt.date, ends_on: dt.date) -> str | None:
    return None if ends_on > starts_on else _("The last day comes after the first one.")


def sign(
    placement: Placement, agreement: LearningAgreement | None, digest: str, side: Side, person: Person
) -> str | None:
    """Each side signs the text that it has read, once; nobody signs for two sides."""
    if agreement is None:
        return _("Nobody has written the agreement yet.")
    refused = concerned(placement, side, person)
    if refused:
        return refused
    if placement.state != PlacementState.AGREEING:
        return _("The agreement is closed: this placement is “%(state)s”.") % {
            "state": placement.get_state_display()
        }
    if agreement.digest != digest:
        return _("The text has changed since you opened it: read it again, then sign.")
    held = queries.signatures_of(agreement)
    if held.filter(side=side).exists():
        return _("This side has signed already.")
    if held.filter(person=person).exists():
        return _("You have signed for another side: somebody else signs here.")
    if not person.full_name:
        return _("Write your name in your profile first: it stands under the agreement.")
    return None


def write_hours(placement: Placement, person: Person) -> str | None:
    """The student, while the placement runs."""
    refused = concerned(placement, Side.STUDENT, person)
    if refused:
        return refused
    if placement.state != PlacementState.RUNNING:
        return _("Hours are written while the placement is under way.")
    return None


def log(placement: Placement, day: dt.date, hours: Decimal, person: Person) -> str | None:
    """The student writes hours of days that have come, within the placement, not more than a day holds."""
    return write_hours(placement, person) or _held_by_a_day(placement, day, hours)


def _held_by_a_day(
    placement: Placement, day: dt.date, hours: Decimal, *, but: PlacementHours | None = None
) -> str | None:
    if day > clock.today(placement.round.programme.time_zone):
        return _("This day has not come yet.")
    agreement = queries.agreement_of(placement)
    if agreement is not None and not agreement.starts_on <= day <= agreement.ends_on:
        return _("This day is outside the period of the agreement.")
    if queries.hours_on(placement.student.person_id, day, but=but) + hours > MOST_A_DAY:
        return _("These would be more than %(most)s hours in one day, all your placements together.") % {
            "most": int(MOST_A_DAY)
        }
    return None


def correct_hours(entry: PlacementHours, person: Person) -> str | None:
    """The student writes again what came back."""
    refused = write_hours(entry.placement, person)
    if refused:
        return refused
    if entry.state != HoursState.SENT_BACK:
        return _("These hours are “%(state)s”: only those sent back are corrected.") % {
            "state": entry.get_state_display()
        }
    return None


def correct_to(entry: PlacementHours, day: dt.date, hours: Decimal) -> str | None:
    """What they are corrected to is held to the same."""
    return _held_by_a_day(entry.placement, day, hours, but=entry)


def drop_hours(entry: PlacementHours, person: Person) -> str | None:
    """The student takes back what was not confirmed."""
    refused = concerned(entry.placement, Side.STUDENT, person)
    if refused:
        return refused
    if entry.state == HoursState.CONFIRMED:
        return _("These hours are confirmed: the initiative cannot change them any more.")
    return None


def confirm_hours(placement: Placement, person: Person) -> str | None:
    """A leader, or the tutor whom the offer names, never the student."""
    if placement.student.person_id == person.pk:
        return _("You wrote these hours: somebody of the initiative confirms them.")
    named = placement.offer.tutor_id == person.pk
    if named and initiatives.is_of_team(person, placement.offer.initiative):
        return None
    return concerned(placement, Side.INITIATIVE, person)


def finish(placement: Placement, person: Person) -> str | None:
    """The initiative or who runs the placements says that it is over, once no hours wait."""
    if confirm_hours(placement, person) is not None and runs(placement, person) is not None:
        return _("Only the initiative completes a placement, or the programme for it.")
    if placement.state != PlacementState.RUNNING:
        return _("This placement is “%(state)s” by now.") % {"state": placement.get_state_display()}
    if queries.hours_of(placement).filter(state=HoursState.LOGGED).exists():
        return _("Some hours still wait to be confirmed.")
    return None


def end(placement: Placement, person: Person) -> str | None:
    """Any side may end it early, with the reason; so may the programme."""
    if not sides(placement, person) and runs(placement, person) is not None:
        return _("Only student, initiative, university or the programme end a placement.")
    if placement.state not in (PlacementState.AGREEING, PlacementState.RUNNING):
        return _("This placement is “%(state)s” by now.") % {"state": placement.get_state_display()}
    return None


def evaluate(placement: Placement, side: Side, person: Person) -> str | None:
    """Each side says how it went, at the end."""
    refused = concerned(placement, side, person)
    if refused:
        return refused
    if placement.state not in (PlacementState.DONE, PlacementState.ENDED) or placement.started_at is None:
        return _("One says how it went when the placement is over.")
    return None


def grant(placement: Placement, person: Person) -> str | None:
    """The grant is awarded once the three have signed, once, by who manages money."""
    refused = programmes.may(person, "funding.manage", placement.round.programme_id)
    if refused:
        return refused
    if placement.offer.grant is None:
        return _("This placement has no grant.")
    if placement.award_id is not None:
        return _("The grant is awarded already.")
    if placement.state not in (PlacementState.RUNNING, PlacementState.DONE):
        return _("The grant is awarded only once the three sides have signed the agreement.")
    return None


def paper(placement: Placement) -> str | None:
    """A sheet of hours exists once the placement has begun."""
    return None if placement.started_at is not None else _("The placement has not begun yet.")
