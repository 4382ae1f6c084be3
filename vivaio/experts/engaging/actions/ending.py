"""How an engagement ends: called off, brought to its end, ended early; evaluations; the request follows."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.experts.engaging import letters, rules
from vivaio.experts.engaging.actions.steps import step
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.engaging.queries.engagements import Who
from vivaio.experts.models import Engagement, EngagementStep, Evaluation, Proposal
from vivaio.experts.queries import requests as asked
from vivaio.experts.states import (
    ENGAGEMENT_MOVES,
    ENGAGEMENT_OPEN,
    EXTENSION_MOVES,
    PROPOSAL_MOVES,
    REQUEST_MOVES,
    SESSION_AHEAD,
    SESSION_MOVES,
    EndedHow,
    EngagementState,
    ExtensionState,
    ProposalState,
    RequestState,
    SessionState,
    Side,
    StepKind,
)
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.rules import initiatives as initiative_rules
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people import actions as people
from vivaio.people.models import Person

EVALUATE_WITHIN = dt.timedelta(days=21)


@transaction.atomic
def drop(engagement: Engagement, *, words: str, needed: bool, by: Person) -> Engagement:
    """Call it off before it begins; the request goes back among the open ones where help is still needed."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.drop, engagement, who)
    require(rules.with_words, words)
    return _dropped(engagement, who, words, needed)


@transaction.atomic
def conclude(engagement: Engagement, *, by: Person) -> Engagement:
    """The work is done: it ends at once where hours or time are up, or where the other side has said so too."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.conclude, engagement, who)
    today = clock.today(engagement.programme.time_zone)
    up = queries.minutes_of(engagement) >= engagement.agreed_minutes or today >= engagement.ends_on
    if up or engagement.closing_side:
        return _ended(engagement, who, EndedHow.DONE, "", needed=False)
    engagement.closing_side = who.speaks
    engagement.save()
    made = step(engagement, StepKind.CLOSING, who)
    journal.record("experts.engagement_closing", engagement, by=by)
    letters.closing.enqueue(engagement, cause=str(made.pk))
    return engagement


@transaction.atomic
def go_on(engagement: Engagement, *, by: Person) -> Engagement:
    """Not yet: what one side proposed to end goes on."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.go_on, engagement, who)
    engagement.closing_side = ""
    engagement.save()
    step(engagement, StepKind.ANSWERED, who)
    journal.record("experts.engagement_closing", engagement, by=by)
    return engagement


@transaction.atomic
def end_early(engagement: Engagement, *, words: str, needed: bool, by: Person) -> Engagement:
    """End what does not go on, with the reason."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.end_early, engagement, who)
    require(rules.with_words, words)
    return _ended(engagement, who, EndedHow.EARLY, words, needed=needed)


@transaction.atomic
def evaluate(engagement: Engagement, *, values: Mapping[str, Any], by: Person) -> Evaluation:
    """What one side thinks of it, once."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    given = {one.side for one in queries.evaluations_of(engagement)}
    require(rules.evaluate, engagement, who, given)
    made = Evaluation.objects.create(engagement=engagement, side=who.speaks, person=by, **values)
    journal.record("experts.engagement_evaluated", engagement, by=by)
    if given:
        letters.both_evaluated.enqueue(engagement)
    return made


@transaction.atomic
def end_all_of(initiative: Initiative) -> None:
    """The initiative has closed: what was to begin is called off, what ran ends."""
    with override(initiative.language):
        words = _("The initiative has closed.")
    for one in list(queries.open_of_initiative(initiative).values_list("pk", flat=True)):
        _over(queries.locked(one), words, needed=False)


@transaction.atomic
def end_all_by(
    person: Person, *, programme: Any = None, initiative: Initiative | None = None, words: str
) -> None:
    """The expert leaves the bank, or joins the team: their engagements there end, the requests are open again."""
    rows = queries.open_of_expert(person, programme)
    if initiative is not None:
        rows = rows.filter(initiative=initiative)
    for one in list(rows.values_list("pk", flat=True)):
        _over(queries.locked(one), words, needed=initiative is None)


@transaction.atomic
def forget(person: Person) -> None:
    """An erased person's engagements end; hours that were given stay, their words go."""
    with override(person.language):
        end_all_by(person, words=_("The expert is no longer here."))
    EngagementStep.objects.filter(person=person).update(text="", person=None)
    Evaluation.objects.filter(person=person).update(words="", person=None)


def _over(engagement: Engagement, words: str, *, needed: bool) -> None:
    if engagement.state == EngagementState.TO_AGREE:
        _dropped(engagement, None, words, needed)
    elif engagement.state == EngagementState.UNDER_WAY:
        _ended(engagement, None, EndedHow.EARLY, words, needed=needed)


def _dropped(engagement: Engagement, who: Who | None, words: str, needed: bool) -> Engagement:
    move(engagement, EngagementState.DROPPED, ENGAGEMENT_MOVES)
    _closed(engagement, who)
    made = step(engagement, StepKind.DROPPED, who, words=words)
    by = who.person if who else None
    journal.record("experts.engagement_dropped", engagement, by=by, fields=["state"])
    _request_follows(engagement, needed, by)
    letters.dropped.enqueue(engagement, cause=str(made.pk))
    return engagement


def _ended(engagement: Engagement, who: Who | None, how: EndedHow, words: str, *, needed: bool) -> Engagement:
    move(engagement, EngagementState.ENDED, ENGAGEMENT_MOVES)
    engagement.ended_how = how
    engagement.evaluate_until = clock.today(engagement.programme.time_zone) + EVALUATE_WITHIN
    _closed(engagement, who)
    for session in engagement.sessions.filter(state__in=SESSION_AHEAD):
        move(session, SessionState.CANCELLED, SESSION_MOVES)
        session.changes += 1
        session.save()
    by = who.person if who else None
    step(engagement, StepKind.ENDED, who, words=words)
    journal.record("experts.engagement_ended", engagement, by=by, fields=["state"])
    _request_follows(engagement, needed, by)
    letters.ended.enqueue(engagement)
    return engagement


def _closed(engagement: Engagement, who: Who | None) -> None:
    """The day, who ended it; nothing waits for an answer any more; the tie is over from today, and stays on record."""
    today = clock.today(engagement.programme.time_zone)
    engagement.ended_on = today
    engagement.ended_side = who.speaks if who else Side.PROGRAMME
    engagement.closing_side = ""
    engagement.save()
    waiting = queries.extension_locked(engagement)
    if waiting is not None:
        move(waiting, ExtensionState.DECLINED, EXTENSION_MOVES)
        waiting.save()
    people.end_relations(f"engagement:{engagement.pk}", today)


def _request_follows(engagement: Engagement, needed: bool, by: Person | None) -> None:
    """The expert's hours are free again; the request is open again, or closed once nobody works for it any more."""
    request = asked.locked(engagement.request_id)
    proposal = Proposal.objects.select_for_update().filter(engagement=engagement).first()
    if proposal is not None and proposal.state == ProposalState.ACCEPTED:
        move(proposal, ProposalState.OVER, PROPOSAL_MOVES)
        proposal.save()
    going = Engagement.objects.filter(request=request, state__in=ENGAGEMENT_OPEN).exclude(pk=engagement.pk)
    if needed and initiative_rules.under_way(request.initiative) is None:
        if request.state == RequestState.MATCHED:
            move(request, RequestState.OPEN, REQUEST_MOVES)
            request.save()
            journal.record("experts.request_reopened", request, by=by, fields=["state"])
            letters.needs_another.enqueue(engagement)
        return
    if request.state == RequestState.MATCHED and not going.exists():
        move(request, RequestState.CLOSED, REQUEST_MOVES)
        request.save()
        journal.record("experts.request_closed", request, by=by, fields=["state"])
