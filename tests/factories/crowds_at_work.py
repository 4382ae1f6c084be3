"""What a large programme has behind it: engagements with their sessions, contacts, money, placements, needs agreed on.

Rows alone, without the actions that lead there; the initiatives, experts and competences are those of `crowds`.
"""

import datetime as dt
from decimal import Decimal
from itertools import islice

from django.db import transaction

from tests.factories.analysing import DimensionFactory, RoundFactory
from tests.factories.crowds import AT_ONCE
from tests.factories.placing import OfferFactory, PlacementRoundFactory, StudentFactory, UniversityFactory
from tests.factories.placing import in_days as at_day
from vivaio.experts.models import (
    Competence,
    Engagement,
    EngagementSession,
    EngagementStep,
    ExpertProfile,
    ExpertRequest,
    Placement,
    PlacementHours,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    Proposal,
    RequestedCompetence,
)
from vivaio.experts.placing.states import PlacementRoundState, PlacementState
from vivaio.experts.states import EngagementState, ProposalState, RequestState, SessionState, Side, StepKind
from vivaio.funding.actions import ledger
from vivaio.funding.models import Account, Award, Claim, Posting, Transaction
from vivaio.funding.states import AccountKind, ClaimState, TransactionKind
from vivaio.initiatives.models import Contact, Dimension, Initiative, NeedsRound, Profile, Rating
from vivaio.initiatives.states import ContactKind, ContactState, Level, ProfileState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Partner, Programme

STATES = (SessionState.CONFIRMED,) * 7 + (SessionState.TOLD, SessionState.FIXED, SessionState.CANCELLED)


def at_work(programme: Programme, engagements: int, sessions: int, *, busy: Person | None = None) -> None:
    """So many engagements of as many requests, with `sessions` each, seven of ten confirmed; `busy` has a hundredth."""
    rows = list(Initiative.objects.filter(programme=programme).order_by("created_at", "pk"))
    chosen = list(
        ExpertProfile.objects.filter(programme=programme).select_related("person")[: engagements // 4 + 1]
    )
    partners = list(programme.partners.all()) or _partners(programme)
    competences = list(Competence.objects.filter(field__programme=programme))
    asked = _requests(rows, competences, engagements)
    profiles = [chosen[n % len(chosen)] for n in range(engagements)]
    if busy is not None:
        own = ExpertProfile.objects.get(programme=programme, person=busy)
        profiles = [own if n % 100 == 0 else one for n, one in enumerate(profiles)]
    proposals = _accepted(asked, profiles)
    begun, day = clock.now() - dt.timedelta(days=60), clock.today()
    made = Engagement.objects.bulk_create(
        [
            Engagement(
                programme=programme, initiative=one.initiative, request=one, proposal=proposals[n],
                person=profiles[n].person, partner=partners[n % len(partners)] if n % 5 else None,
                competence=competences[n % len(competences)] if n % 7 else None,
                state=EngagementState.UNDER_WAY if n % 3 else EngagementState.ENDED, goal="Uno statuto che regge.",
                agreed_minutes=1200, starts_on=day - dt.timedelta(days=60),
                ends_on=day + dt.timedelta(days=60 if n % 5 != 1 else -1), pro_bono=bool(n % 4),
                rate=None if n % 4 else Decimal("50.00"), expert_agreed_at=begun,
                team_agreed_at=begun, begun_at=begun,
            )
            for n, one in enumerate(asked)
        ],
        AT_ONCE,
    )  # fmt: skip
    _sessions(made, sessions)
    steps = (
        EngagementStep(engagement=one, person=one.person, side=Side.EXPERT, kind=StepKind.NOTE)
        for one in made
    )
    EngagementStep.objects.bulk_create(steps, AT_ONCE)


def _partners(programme: Programme) -> list[Partner]:
    return Partner.objects.bulk_create(
        [
            Partner(programme=programme, key=f"partner-{n}", name=f"Partner {n}", part="partner")
            for n in range(6)
        ]
    )


def _requests(rows: list[Initiative], competences: list[Competence], count: int) -> list[ExpertRequest]:
    made = ExpertRequest.objects.bulk_create(
        [
            ExpertRequest(
                initiative=rows[n % len(rows)], state=RequestState.MATCHED, title=f"Un bilancio {n}",
                purpose="Vogliamo conti che tutti leggono.", hours=20, needed_by=clock.today() + dt.timedelta(days=50),
            )
            for n in range(count)
        ],
        AT_ONCE,
    )  # fmt: skip
    wanted = (
        RequestedCompetence(request=one, competence=competences[n % len(competences)])
        for n, one in enumerate(made)
    )
    RequestedCompetence.objects.bulk_create(wanted, AT_ONCE)
    return made


def _accepted(asked: list[ExpertRequest], profiles: list[ExpertProfile]) -> list[Proposal]:
    return Proposal.objects.bulk_create(
        [
            Proposal(
                request=one, profile=profile, state=ProposalState.ACCEPTED, score="0.8", monthly_hours=1,
                sent_at=clock.now(), answered_at=clock.now(),
            )
            for one, profile in zip(asked, profiles, strict=True)
        ],
        AT_ONCE,
    )  # fmt: skip


def _sessions(made: list[Engagement], each: int) -> None:
    now = clock.now()
    rows = (
        _session(one, STATES[(n + k) % len(STATES)], now, k)
        for n, one in enumerate(made)
        for k in range(each)
    )
    while batch := list(islice(rows, 10 * AT_ONCE)):
        EngagementSession.objects.bulk_create(batch, AT_ONCE)


def _session(one: Engagement, state: str, now: dt.datetime, k: int) -> EngagementSession:
    held = state in (SessionState.TOLD, SessionState.CONFIRMED)
    sure = state == SessionState.CONFIRMED
    at = now + dt.timedelta(days=3 + k) if state == SessionState.FIXED else now - dt.timedelta(days=2 + 3 * k)
    return EngagementSession(
        engagement=one, state=state, starts_at=at, topic=f"Incontro {k}", side=Side.EXPERT,
        told_minutes=90 if held else None, told_side=Side.EXPERT if held else "", told_at=at if held else None,
        minutes=90 if sure else None, confirmed_at=at if sure else None,
    )  # fmt: skip


def contacts(programme: Programme, count: int) -> None:
    """So many contacts of the first initiatives and of all."""
    rows = list(Initiative.objects.filter(programme=programme).order_by("created_at", "pk"))
    kinds, states = list(ContactKind), list(ContactState)
    made = (
        Contact(
            initiative=rows[n % len(rows)], kind=kinds[n % len(kinds)], who=f"Fondazione {n}",
            state=states[n % len(states)], begun_on=clock.today() - dt.timedelta(days=n % 200),
            next_due_on=clock.today() + dt.timedelta(days=n % 30 - 10), currency="EUR",
            amount=Decimal(1000) if states[n % len(states)] == ContactState.WON else None,
        )
        for n in range(count)
    )  # fmt: skip
    Contact.objects.bulk_create(made, AT_ONCE)


def money(programme: Programme, awards: int, claims: int, by: Person) -> None:
    """So many vouchers out of money that came in, and claims that were handed in, each with its postings."""
    if not Account.objects.filter(programme=programme, kind=AccountKind.INCOME).exists():
        ledger.receive(
            programme, funder="Comune", amount=Decimal(90_000_000), document="D 1", reason="Voucher", by=by,
            on=clock.today() - dt.timedelta(days=90),
        )  # fmt: skip
    rows = list(Initiative.objects.filter(programme=programme).order_by("-created_at", "pk")[:awards])
    number, line = programme.money_awards.count(), programme.transactions.count()
    given = Award.objects.bulk_create(
        [
            Award(
                programme=programme, initiative=rows[n % len(rows)], number=number + n + 1, title=f"Voucher {n}",
                document="D 2", amount=Decimal(5000), awarded_by=by,
            )
            for n in range(awards)
        ],
        AT_ONCE,
    )  # fmt: skip
    asked = Claim.objects.bulk_create(
        [
            Claim(
                programme=programme, award=given[n % awards], state=ClaimState.SUBMITTED, payee_name=f"Studio {n}",
                payee_code="00743110157", invoice_number=f"{number}-{n}", invoice_key=f"{number}-{n}",
                amount=Decimal(10), vat=Decimal(0), created_by=by, submitted_by=by, submitted_at=clock.now(),
            )
            for n in range(claims)
        ],
        AT_ONCE,
    )  # fmt: skip
    with transaction.atomic():
        fund, claimed = ledger.hold(programme), ledger.account(programme, AccountKind.CLAIMED)
        of = {
            one: ledger.account(programme, AccountKind.COMMITTED, initiative=one)
            for one in {award.initiative for award in given}
        }
        moves = [
            (TransactionKind.AWARDED, one, None, fund, of[one.initiative], Decimal(5000)) for one in given
        ] + [
            (TransactionKind.CLAIMED, one.award, one, of[one.award.initiative], claimed, Decimal(10))
            for one in asked
        ]
        told = [
            Transaction(
                programme=programme, number=line + n + 1, kind=kind, reason="Voucher", by=by, award=award, claim=claim,
                happened_on=clock.today() - dt.timedelta(days=n % 90), initiative=award.initiative,
            )
            for n, (kind, award, claim, *_rest) in enumerate(moves)
        ]  # fmt: skip
        Transaction.objects.bulk_create(told, AT_ONCE)
        lines = (
            Posting(transaction=one, account=account, amount=sign * amount)
            for one, (_kind, _award, _claim, out, into, amount) in zip(told, moves, strict=True)
            for account, sign in ((out, -1), (into, 1))
        )
        Posting.objects.bulk_create(lines, AT_ONCE)


def placed(programme: Programme, students: int) -> PlacementRound:
    """A round that was matched: as many students, offers and placements that run, each with ten days of hours."""
    found = PlacementRound.objects.filter(programme=programme).first()
    if found is None:
        found = PlacementRoundFactory(programme=programme, state=PlacementRoundState.SENT)
    university = UniversityFactory()
    rows = list(Initiative.objects.filter(programme=programme).order_by("created_at", "pk"))
    begun = Person.objects.count()
    people = Person.objects.bulk_create(
        [
            Person(email=f"studente-{begun + n}@example.org", given_name="Marta", family_name=f"Studia {n}")
            for n in range(students)
        ],
        AT_ONCE,
    )
    who = PlacementStudent.objects.bulk_create(
        [StudentFactory.build(round=found, person=one, university=university) for one in people], AT_ONCE
    )
    offers = PlacementOffer.objects.bulk_create(
        [OfferFactory.build(round=found, initiative=rows[n % len(rows)]) for n in range(students)], AT_ONCE
    )
    made = Placement.objects.bulk_create(
        [
            Placement(
                round=found, student=student, offer=offer, state=PlacementState.RUNNING, wish=1,
                answer_by=at_day(-9), started_at=at_day(-8),
            )
            for student, offer in zip(who, offers, strict=True)
        ],
        AT_ONCE,
    )  # fmt: skip
    hours = (
        PlacementHours(
            placement=one, day=clock.today() - dt.timedelta(days=day), hours=Decimal(4), what="Interviste"
        )
        for one in made
        for day in range(10)
    )
    PlacementHours.objects.bulk_create(hours, AT_ONCE)
    return found


def needs(programme: Programme) -> NeedsRound:
    """What was agreed on with each initiative that has no profile yet, in two rounds, on three dimensions."""
    rounds = list(NeedsRound.objects.filter(programme=programme))
    rounds = rounds or [RoundFactory(programme=programme) for _number in range(2)]
    dimensions = list(Dimension.objects.filter(programme=programme))
    dimensions = dimensions or [DimensionFactory(programme=programme, field=f"campo-{n}") for n in range(3)]
    rows = Initiative.objects.filter(programme=programme).exclude(profiles__isnull=False)
    made = Profile.objects.bulk_create(
        [
            Profile(
                round=one,
                initiative=row,
                state=ProfileState.AGREED,
                agreed_at=clock.now() + dt.timedelta(days=n),
            )
            for row in rows
            for n, one in enumerate(rounds)
        ],
        AT_ONCE,
    )
    ratings = (
        Rating(
            profile=one, dimension=what, title=what.title, field=what.field, points=(17 * n + 23 * k) % 100,
            level=Level.GAP if (17 * n + 23 * k) % 100 < 50 else Level.FAIR, hours=10,
        )
        for n, one in enumerate(made)
        for k, what in enumerate(dimensions)
    )  # fmt: skip
    Rating.objects.bulk_create(ratings, AT_ONCE)
    return rounds[-1]
