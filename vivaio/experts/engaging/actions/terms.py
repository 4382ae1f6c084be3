"""From a request that was accepted to an engagement that both sides agree to: goal, hours, dates, extensions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vivaio.experts.engaging import letters, rules
from vivaio.experts.engaging.actions.steps import step
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.engaging.queries.engagements import Who
from vivaio.experts.models import Bank, Engagement, ExpertCompetence, Extension, Proposal
from vivaio.experts.states import (
    ENGAGEMENT_MOVES,
    EXTENSION_MOVES,
    EngagementState,
    ExtensionState,
    Side,
    StepKind,
)
from vivaio.initiatives.actions import ties
from vivaio.initiatives.models import Initiative
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.people.states import RelationKind
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme


@transaction.atomic
def draft(proposal: Proposal, *, by: Person) -> Engagement:
    """An expert has accepted: the request's own goal, hours and day, to which the expert agrees by accepting."""
    request, profile = proposal.request, proposal.profile
    today = clock.today(request.initiative.programme.time_zone)
    asked = [one.competence for one in request.competences.select_related("competence")]
    held = set(ExpertCompetence.objects.filter(profile=profile).values_list("competence_id", flat=True))
    made = Engagement.objects.create(
        programme=request.initiative.programme,
        initiative=request.initiative,
        request=request,
        proposal=proposal,
        person=profile.person,
        partner=profile.partner,
        competence=next((one for one in asked if one.pk in held), asked[0] if asked else None),
        goal=request.purpose,
        agreed_minutes=request.hours * 60,
        starts_on=min(today, request.needed_by),
        ends_on=max(today, request.needed_by),
        pro_bono=profile.pro_bono or profile.rate is None,
        rate=None if profile.pro_bono else profile.rate,
        expert_agreed_at=clock.now(),
    )
    tie(made)
    journal.record("experts.engagement_drafted", made, by=by)
    letters.to_agree.enqueue(made, cause="drafted")
    return made


def tie(engagement: Engagement) -> None:
    """Whoever helps an entrant does not judge it."""
    ties.tie(engagement.person, engagement.initiative, RelationKind.MENTORING, f"engagement:{engagement.pk}")


@transaction.atomic
def tie_all(initiative: Initiative) -> None:
    """The initiative has become an organisation: whoever helps or helped it is tied to that too."""
    rows = Engagement.objects.filter(initiative=initiative).select_related(
        "initiative__organisation", "person"
    )
    for engagement in rows:
        tie(engagement)


@transaction.atomic
def change(engagement: Engagement, *, values: Mapping[str, Any], words: str = "", by: Person) -> Engagement:
    """Change goal, hours or dates: who changes agrees, the other side is asked anew."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.change, engagement, who)
    require(rules.terms, engagement, values["agreed_minutes"], values["starts_on"], values["ends_on"])
    changed = [name for name, value in values.items() if getattr(engagement, name) != value]
    if not changed:
        return engagement
    for name in changed:
        setattr(engagement, name, values[name])
    now = clock.now()
    expert = who.speaks == Side.EXPERT
    engagement.expert_agreed_at, engagement.team_agreed_at = (now, None) if expert else (None, now)
    engagement.save()
    made = step(engagement, StepKind.TERMS, who, words=words, minutes=engagement.agreed_minutes)
    journal.record("experts.engagement_changed", engagement, by=by, fields=changed)
    letters.to_agree.enqueue(engagement, cause=str(made.pk))
    return engagement


@transaction.atomic
def agree(engagement: Engagement, *, revision: str, by: Person) -> Engagement:
    """One side agrees to the terms that it has read; with the second it begins."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.agree, engagement, who)
    require(rules.terms_read, engagement, revision)
    if who.speaks == Side.EXPERT:
        engagement.expert_agreed_at = clock.now()
    else:
        engagement.team_agreed_at = clock.now()
    journal.record("experts.engagement_agreed", engagement, by=by)
    if engagement.expert_agreed_at and engagement.team_agreed_at:
        move(engagement, EngagementState.UNDER_WAY, ENGAGEMENT_MOVES)
        engagement.begun_at = clock.now()
        journal.record("experts.engagement_begun", engagement, fields=["state"])
        letters.begun.enqueue(engagement)
    engagement.save()
    return engagement


@transaction.atomic
def ask_more(engagement: Engagement, *, minutes: int, ends_on: dt.date, words: str, by: Person) -> Extension:
    """Ask the other side for more hours, for a later end, or for both."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    require(rules.extend, engagement, who)
    require(rules.extension, engagement, minutes, ends_on)
    require(rules.with_words, words)
    asked = Extension.objects.create(engagement=engagement, side=who.speaks, minutes=minutes, ends_on=ends_on)
    step(engagement, StepKind.EXTENSION, who, words=words, minutes=minutes)
    journal.record("experts.extension_asked", engagement, by=by)
    letters.extension_asked.enqueue(asked)
    return asked


@transaction.atomic
def answer_more(engagement: Engagement, *, granted: bool, words: str = "", by: Person) -> Extension:
    """Agree to an extension, which holds at once, or not."""
    engagement = queries.locked(engagement.pk)
    who = queries.who(engagement, by)
    asked = queries.extension_locked(engagement)
    require(rules.answer, engagement, asked, who)
    assert asked is not None  # noqa: S101  (the rule said so)
    move(asked, ExtensionState.GRANTED if granted else ExtensionState.DECLINED, EXTENSION_MOVES)
    asked.save()
    if granted:
        engagement.agreed_minutes += asked.minutes
        engagement.ends_on = max(engagement.ends_on, asked.ends_on)
        engagement.save()
    step(engagement, StepKind.ANSWERED, who, words=words, minutes=asked.minutes if granted else 0)
    journal.record("experts.extension_answered", engagement, by=by, fields=["agreed_minutes", "ends_on"])
    letters.extension_answered.enqueue(asked)
    return asked


@transaction.atomic
def write(engagement: Engagement, words: str, *, session: Any = None, by: Person) -> None:
    """Words that both sides and the programme read; the same sent twice in a row stand once."""
    engagement = queries.locked(engagement.pk)
    who: Who = queries.who(engagement, by)
    require(rules.note, engagement, who, words)
    last = engagement.steps.filter(session=session).order_by("-created_at").first()
    if last and last.person_id == by.pk and last.kind == StepKind.NOTE and last.text == words.strip():
        return
    step(engagement, StepKind.NOTE, who, words=words, session=session)
    journal.record("experts.engagement_noted", engagement, by=by)


@transaction.atomic
def set_value(programme: Programme, *, amount: Any, currency: str, by: Person) -> Bank:
    """What an hour given free of charge counts for, and in which currency all of it is told."""
    programme = programmes.locked(programme.pk)
    require(rules.set_value, programme, by)
    require(rules.value, programme, amount, currency)
    bank, _made = Bank.objects.get_or_create(programme=programme)
    bank.hour_value, bank.currency = amount, currency
    bank.save()
    journal.record("experts.hour_value_set", programme, by=by, fields=["hour_value", "currency"])
    return bank
