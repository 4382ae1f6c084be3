"""Experts of the demo at work: who was proposed and answered, engagements agreed and ended, their sessions."""

import datetime as dt

from vivaio.blueprints.demo import helping, people
from vivaio.experts.actions import matching
from vivaio.experts.engaging.actions import ending, sessions, terms
from vivaio.experts.models import Bank, Engagement, EngagementSession, Proposal
from vivaio.experts.states import Objective, SessionState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

AGREED = 34  # days ago
HELD = (
    ("Il primo incontro", 24, 90, "Ci siamo detti dove siamo e che cosa serve per primo."),
    ("Il lavoro insieme", 16, 120, "Abbiamo rifatto la bozza riga per riga; il gruppo la completa da solo."),
    ("Che cosa manca", 8, 75, "Restano due punti: li provano con le persone e ne riparliamo."),
)


def engage(programme: Programme, by: Person) -> None:
    """A first matching was sent: one expert has still to answer, one declined, others began. A second is looked at."""
    Bank.objects.filter(programme=programme).update(hour_value="45.00")
    helping.read(programme)
    with clock.rehearsing(clock.now() - dt.timedelta(days=helping.MATCHED)):
        sent = helping.match(programme, by)
    own = people.address(*people.EXPERT.split(" ", 1))
    answered = [one for one in sent if one.profile.person.email != own]
    with clock.rehearsing(clock.now() - dt.timedelta(days=AGREED)):
        engagements = [accepted(one) for one in answered[:1] + answered[2:]]
        for one in answered[1:2]:
            matching.decline(one, words=helping.BUSY, by=one.profile.person)
    for number, engagement in enumerate(engagements):
        leader = helping.led_by(engagement.initiative)
        if number + 1 == len(engagements):
            continue  # the team has still to agree
        with clock.rehearsing(clock.now() - dt.timedelta(days=AGREED - 1)):
            terms.agree(engagement, revision=engagement.revision, by=leader)
        met(engagement, leader, number)
        if number == 0:
            ended(engagement, leader)
    helping.open_later(programme, by)
    matching.compute(programme, objective=Objective.FAIR, sends_next=True, seen="", by=by)
    helping.unread(programme)


def accepted(proposal: Proposal) -> Engagement:
    """The expert takes it on: the engagement as it is drafted then."""
    matching.accept(proposal, revision=proposal.request.revision, by=proposal.profile.person)
    rows = Engagement.objects.select_related("initiative__programme", "initiative__organisation", "person")
    return rows.get(proposal=proposal)


def met(engagement: Engagement, leader: Person, number: int) -> None:
    """Two sessions whose hours both confirmed, one that waits, one to come."""
    for place, (topic, days, minutes, words) in enumerate(HELD):
        at = (clock.now() - dt.timedelta(days=days + number)).replace(
            hour=14, minute=30, second=0, microsecond=0
        )
        values = {"topic": topic, "starts_at": at, "place": "In sede"}
        made = sessions.record(engagement, values=values, minutes=minutes, words=words, by=engagement.person)
        if place < len(HELD) - 1:
            sessions.confirm(made, minutes=minutes, by=leader)
    ahead = (clock.now() + dt.timedelta(days=4 + number)).replace(hour=15, minute=0, second=0, microsecond=0)
    values = {"topic": "La prova con le prime persone", "starts_at": ahead, "planned_minutes": 60}
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
