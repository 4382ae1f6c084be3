"""Experts of the demo at work: engagements to agree, under way and ended, sessions confirmed and not."""

import datetime as dt

from vivaio.blueprints.demo import helping, people
from vivaio.experts.engaging.actions import ending, sessions, terms
from vivaio.experts.models import Bank, Engagement, EngagementSession, ExpertProfile, ExpertRequest, Proposal
from vivaio.experts.states import ProposalState, RequestState, SessionState
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

AGREED = 35  # days ago
HELD = (("Il primo incontro", 24, 90), ("I conti insieme", 16, 120), ("Che cosa manca", 8, 75))


def engage(programme: Programme, initiatives: list[Initiative]) -> None:
    """The initiatives' requests accepted, one after the other: the last is still to agree, the first has ended."""
    Bank.objects.filter(programme=programme).update(hour_value="45.00")
    asked = ExpertRequest.objects.filter(initiative__in=initiatives, state=RequestState.OPEN)
    requests = list(asked.select_related("initiative__programme", "initiative__organisation"))
    partners = list(programme.partners.all())
    for number, request in enumerate(requests[1:]):
        wanted = [one.competence_id for one in request.competences.all()]
        found = ExpertProfile.objects.filter(programme=programme, competences__competence__in=wanted)
        profile = found.exclude(person__email=people.address(*people.EXPERT.split(" ", 1))).first()
        if profile is None:
            continue
        if partners:
            profile.partner = partners[number % len(partners)]
            profile.save()
        leader = helping.led_by(request.initiative)
        with clock.rehearsing(clock.now() - dt.timedelta(days=AGREED)):
            engagement = accepted(request, profile)
            if number + 2 < len(requests):
                terms.agree(engagement, revision=engagement.revision, by=leader)
        if number + 2 < len(requests):
            met(engagement, leader, number)
        if number == 0:
            ended(engagement, leader)


def accepted(request: ExpertRequest, profile: ExpertProfile) -> Engagement:
    """The expert has accepted: the engagement as it is drafted then."""
    proposal = Proposal.objects.create(
        request=request, profile=profile, state=ProposalState.ACCEPTED, sent_at=clock.now(), score="0.7800",
        reasons=[{"why": "language", "code": "it"}], monthly_hours=request.monthly_hours,
        answered_at=clock.now(),
    )  # fmt: skip
    request.state = RequestState.MATCHED
    request.save()
    return terms.draft(proposal, by=profile.person)


def met(engagement: Engagement, leader: Person, number: int) -> None:
    """Two sessions whose hours both confirmed, one that waits, one to come."""
    for place, (topic, days, minutes) in enumerate(HELD):
        at = (clock.now() - dt.timedelta(days=days + number)).replace(
            hour=14, minute=30, second=0, microsecond=0
        )
        values = {"topic": topic, "starts_at": at, "place": "In sede"}
        made = sessions.record(
            engagement, values=values, minutes=minutes, words="Fatto quanto previsto.", by=engagement.person
        )
        if place < len(HELD) - 1:
            sessions.confirm(made, minutes=minutes, by=leader)
    ahead = (clock.now() + dt.timedelta(days=4 + number)).replace(hour=15, minute=0, second=0, microsecond=0)
    values = {"topic": "La prova con i primi clienti", "starts_at": ahead, "planned_minutes": 60}
    proposed = sessions.propose(engagement, values=values, by=leader)
    if number % 2:
        sessions.accept(proposed, changes=proposed.changes, by=engagement.person)


def ended(engagement: Engagement, leader: Person) -> None:
    """Every hour confirmed, then ended by both and evaluated by both."""
    for one in EngagementSession.objects.filter(engagement=engagement, state=SessionState.TOLD):
        sessions.confirm(one, minutes=one.told_minutes or 0, by=leader)
    ending.conclude(engagement, by=engagement.person)
    engagement.refresh_from_db()
    if engagement.closing_side:
        ending.conclude(engagement, by=leader)
    marks = {"goal": 4, "part": 3, "together": 4, "again": 4}
    ending.evaluate(
        engagement, values=marks | {"words": "Hanno provato subito ciò che dicevamo."}, by=engagement.person
    )
    ending.evaluate(
        engagement, values=marks | {"words": "Ci ha fatto vedere i conti con altri occhi."}, by=leader
    )
