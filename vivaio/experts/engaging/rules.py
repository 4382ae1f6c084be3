"""Who agrees, proposes, confirms, ends and evaluates, and why not.

A leader binds the initiative (goal, hours, dates, end, evaluation); whoever of the team was there arranges sessions and
tells hours. The programme ends what does not go on, and never confirms hours for anybody.
"""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.experts import hours
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.engaging.queries.engagements import Who
from vivaio.experts.models import Engagement, EngagementSession, ExpertProfile, Extension
from vivaio.experts.states import (
    ENGAGEMENT_OPEN,
    SESSION_AHEAD,
    EngagementState,
    SessionState,
    Side,
)
from vivaio.kit import clock
from vivaio.kit.formats import day, local_date
from vivaio.kit.money import CURRENCIES
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def decides(engagement: Engagement, who: Who) -> str | None:
    """The expert, or a leader of the team."""
    if who.decides:
        return None
    if who.side == Side.TEAM:
        return _("A leader of the team decides this: ask one of them.")
    return _("Only the expert and the team's leaders decide this.")


def of_a_side(engagement: Engagement, who: Who) -> str | None:
    """The expert, or anybody of the team."""
    if who.side is not None:
        return None
    return _("Only the expert and the team do this: hours are theirs to tell.")


def _in_state(engagement: Engagement, state: EngagementState) -> str | None:
    if engagement.state == state:
        return None
    return _("This engagement is “%(state)s” by now.") % {"state": engagement.get_state_display()}


def change(engagement: Engagement, who: Who) -> str | None:
    """Until both have agreed, either changes goal, hours and dates."""
    return _in_state(engagement, EngagementState.TO_AGREE) or decides(engagement, who)


def agree(engagement: Engagement, who: Who) -> str | None:
    """Each side agrees once to what stands."""
    refused = change(engagement, who)
    if refused:
        return refused
    if engagement.agreed_at(who.speaks):
        return _("Your side has agreed already: now it is up to the other.")
    return None


def terms_read(engagement: Engagement, revision: str) -> str | None:
    """What is agreed to is what was read."""
    if engagement.revision == revision:
        return None
    return _("Goal, hours or dates were changed meanwhile: read them before you agree.")


def terms(engagement: Engagement, minutes: int, starts_on: dt.date, ends_on: dt.date) -> str | None:
    """Hours and dates that can be."""
    if not 0 < minutes <= hours.MOST or not hours.whole_quarters(minutes):
        return _("Write the hours as whole quarters, %(most)s at most.") % {
            "most": hours.in_words(hours.MOST)
        }
    if ends_on < starts_on:
        return _("It ends before it begins: change one of the two dates.")
    if ends_on < clock.today(engagement.programme.time_zone):
        return _("The last day has passed already: choose one that is to come.")
    return None


def drop(engagement: Engagement, who: Who) -> str | None:
    """Before it runs, either side or the programme calls it off."""
    refused = _in_state(engagement, EngagementState.TO_AGREE)
    return refused or (None if who.matches else decides(engagement, who))


def with_words(words: str) -> str | None:
    """What takes something away from the other says why."""
    return None if words.strip() else _("Write why in a few words: the other side reads them.")


def conclude(engagement: Engagement, who: Who) -> str | None:
    """Either side says that the work is done; the other agrees, unless hours or time are up."""
    refused = _in_state(engagement, EngagementState.UNDER_WAY) or decides(engagement, who)
    if refused:
        return refused
    if engagement.closing_side == who.speaks:
        return _("You have proposed to end it here: now it is up to the other side.")
    return None


def go_on(engagement: Engagement, who: Who) -> str | None:
    """The side that was asked says not yet; the one that proposed it takes it back."""
    refused = _in_state(engagement, EngagementState.UNDER_WAY) or decides(engagement, who)
    return refused or (None if engagement.closing_side else _("Nobody proposes to end it any more."))


def end_early(engagement: Engagement, who: Who) -> str | None:
    """Either side, or the programme, ends what does not go on, with the reason."""
    refused = _in_state(engagement, EngagementState.UNDER_WAY)
    return refused or (None if who.matches else decides(engagement, who))


def extend(engagement: Engagement, who: Who) -> str | None:
    """More hours or time are asked while it runs, one thing at a time."""
    refused = _in_state(engagement, EngagementState.UNDER_WAY) or decides(engagement, who)
    if refused:
        return refused
    if queries.extension_asked(engagement) is not None:
        return _("An extension has been asked for already: it waits for its answer.")
    return None


def extension(engagement: Engagement, minutes: int, ends_on: dt.date) -> str | None:
    """It asks for something, and for no more than an engagement can hold."""
    if ends_on < engagement.ends_on:
        return _("It ends on %(day)s: an extension cannot end sooner.") % {"day": day(engagement.ends_on)}
    if not minutes and ends_on == engagement.ends_on:
        return _("Ask for more hours, for a later end, or for both.")
    if minutes < 0 or engagement.agreed_minutes + minutes > hours.MOST or not hours.whole_quarters(minutes):
        return _("Write the hours as whole quarters, %(most)s at most.") % {
            "most": hours.in_words(hours.MOST)
        }
    return None


def answer(engagement: Engagement, asked: Extension | None, who: Who) -> str | None:
    """The other side answers an extension."""
    refused = _in_state(engagement, EngagementState.UNDER_WAY) or decides(engagement, who)
    if refused:
        return refused
    if asked is None:
        return _("No extension waits for an answer any more.")
    if asked.side == who.speaks:
        return _("Your side has asked: the other answers.")
    return None


def meet(engagement: Engagement, who: Who) -> str | None:
    """Sessions belong to an engagement that runs."""
    return _in_state(engagement, EngagementState.UNDER_WAY) or of_a_side(engagement, who)


def since_agreed(engagement: Engagement, starts_at: dt.datetime) -> str | None:
    """Hours count from the day that both sides agreed to it, or from the first day of their terms."""
    zone = engagement.programme.time_zone
    begun = engagement.begun_at
    first = min(engagement.starts_on, local_date(begun, zone)) if begun else engagement.starts_on
    if local_date(starts_at, zone) >= first:
        return None
    return _("Hours of this engagement count from %(day)s on: check the day.") % {"day": day(first)}


def ahead(starts_at: dt.datetime) -> str | None:
    """What is proposed is to come."""
    return None if starts_at > clock.now() else _("This time has passed: choose one that is to come.")


def shift(session: EngagementSession, who: Who) -> str | None:
    """What has not been held is moved or called off by either side."""
    refused = meet(session.engagement, who)
    if refused:
        return refused
    if session.state not in SESSION_AHEAD:
        return _("This session is “%(state)s” by now.") % {"state": session.get_state_display()}
    return None


def accept(session: EngagementSession, who: Who) -> str | None:
    """The side that did not propose it says that it comes."""
    refused = shift(session, who)
    if refused:
        return refused
    if session.state == SessionState.FIXED:
        return _("This session is fixed already.")
    return (
        _("Your side proposed it: the other says whether it comes.") if session.side == who.speaks else None
    )


def time_read(session: EngagementSession, changes: int) -> str | None:
    """Whoever comes has read when and where."""
    if session.changes == changes:
        return None
    return _("The session was moved meanwhile: look at it before you say that you come.")


def cancel(session: EngagementSession, who: Who) -> str | None:
    """What is ahead is called off; hours that nobody has confirmed yet are taken back."""
    if session.state == SessionState.TOLD:
        return of_a_side(session.engagement, who)
    return shift(session, who)


def tell(session: EngagementSession, who: Who) -> str | None:
    """Hours are told once it has begun; those told or confirmed are corrected as long as it matters."""
    engagement = session.engagement
    if session.state == SessionState.CANCELLED:
        return _("This session was cancelled: record another.")
    if engagement.state == EngagementState.ENDED and session.state != SessionState.TOLD:
        return _("This engagement has ended: its hours stay as they were confirmed.")
    refused = of_a_side(engagement, who)
    if refused:
        return refused
    if session.state == SessionState.TOLD and session.told_side == who.speaks:
        return None
    return (
        None
        if session.starts_at <= clock.now()
        else _("It has not begun yet: move it, or tell the hours then.")
    )


def confirm(session: EngagementSession, who: Who) -> str | None:
    """The other side confirms what one side told, once."""
    if session.state != SessionState.TOLD:
        return _("This session is “%(state)s” by now.") % {"state": session.get_state_display()}
    refused = of_a_side(session.engagement, who)
    if refused:
        return refused
    return (
        _("Your side told these hours: the other confirms them.") if session.told_side == who.speaks else None
    )


def as_read(session: EngagementSession, minutes: int) -> str | None:
    """What is confirmed is what was read: hours corrected meanwhile are looked at first."""
    if session.told_minutes == minutes:
        return None
    return _("The hours were corrected meanwhile: look at them before you confirm.")


def length(session: EngagementSession, minutes: int) -> str | None:
    """A session holds no more than the time that has passed since it began, nor the time of another."""
    if not 0 < minutes <= hours.LONGEST or not hours.whole_quarters(minutes):
        return _("A session holds %(most)s at most, in quarters of an hour.") % {
            "most": hours.in_words(hours.LONGEST)
        }
    if session.starts_at + dt.timedelta(minutes=minutes - hours.QUARTER) > clock.now():
        return _("So much time has not passed yet since it began.")
    other = queries.overlapping(session, session.starts_at, minutes)
    if other is None:
        return None
    if other.engagement_id == session.engagement_id:
        return _("Another session of this engagement was held in that time: correct that one, or the hours.")
    return _("The expert was in a session with another team in that time: check the day, or the hours.")


def corrected(session: EngagementSession, words: str) -> str | None:
    """Who changes what the other side said tells why."""
    return with_words(words) if session.told_side else None


def note(engagement: Engagement, who: Who, words: str) -> str | None:
    """Both sides write, while it runs and after."""
    if not words.strip():
        return _("Write something first.")
    if engagement.state == EngagementState.DROPPED:
        return _in_state(engagement, EngagementState.UNDER_WAY)
    return of_a_side(engagement, who)


def evaluate(engagement: Engagement, who: Who, given: set[str]) -> str | None:
    """Each side says once what it thinks, before it may read what the other thinks."""
    refused = _in_state(engagement, EngagementState.ENDED) or decides(engagement, who)
    if refused:
        return refused
    if who.speaks in given:
        return _("Your side has given its evaluation already.")
    until = engagement.evaluate_until
    if until is not None and until < clock.today(engagement.programme.time_zone):
        return _("Evaluations could be given until %(day)s.") % {"day": day(until)}
    return None


def reads_evaluation(engagement: Engagement, side: str, who: Who, staff: bool, given: set[str]) -> bool:
    """The programme reads both; each side its own, and the other's once both are given or the time is over."""
    if staff or who.side == side:
        return True
    until = engagement.evaluate_until
    over = until is not None and until < clock.today(engagement.programme.time_zone)
    return who.side is not None and (over or {Side.EXPERT, Side.TEAM} <= given)


def set_value(programme: Programme, person: Person) -> str | None:
    """Who matches experts says what an hour counts for."""
    return programmes.may(person, "experts.match", programme)


def value(programme: Programme, amount: Decimal, currency: str) -> str | None:
    """An amount that can be, in one currency with the rates that experts ask for."""
    if not Decimal(0) <= amount < Decimal(1_000_000):
        return _("Write an amount between zero and a million.")
    if currency not in CURRENCIES:
        return _("“%(code)s” is no currency: write its three letters, such as EUR.") % {"code": currency}
    paid = ExpertProfile.objects.filter(programme=programme, rate__isnull=False)
    if currency != programme.currency and paid.exists():
        return _("Experts of this programme ask for a rate in another currency: sums would mix the two.")
    return None


def is_open(engagement: Engagement) -> bool:
    """Whether something is still to come of it."""
    return engagement.state in ENGAGEMENT_OPEN
