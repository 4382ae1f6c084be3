"""Many rows of one programme at once, without the actions that lead there: for what must not grow with them."""

import datetime as dt

from tests.factories.experts import CompetenceFactory, ExpertFieldFactory
from vivaio.experts.models import ExpertCompetence, ExpertProfile, ExpertRequest, RequestedCompetence
from vivaio.experts.states import ProfileState, RequestState
from vivaio.initiatives.models import DiaryEntry, Initiative, Milestone, TeamMember
from vivaio.initiatives.states import DiaryState, InitiativeState, TeamPart, Visibility
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.programmes.models import Programme

AT_ONCE = 2_000


def crowd(programme: Programme, initiatives: int, experts: int, requests: int) -> None:
    """So many initiatives, each with a leader, a milestone, two days of diary; experts; requests."""
    begun = Person.objects.count()
    field = ExpertFieldFactory(programme=programme)
    competences = [CompetenceFactory(field=field) for _number in range(6)]
    people = _people(f"folla-{begun}", initiatives + experts)
    organisations = Organisation.objects.bulk_create(
        [Organisation(name=f"Cooperativa {begun + n}") for n in range(initiatives)], AT_ONCE
    )
    rows = Initiative.objects.bulk_create(
        [
            Initiative(
                programme=programme,
                organisation=organisations[n],
                slug=f"folla-{begun + n}",
                title=f"Portineria {begun + n}",
                summary="Tiene le chiavi, ritira i pacchi e ascolta.",
                state=InitiativeState.ACTIVE,
                sectors=["culture"] if n % 2 else [],
            )
            for n in range(initiatives)
        ],
        AT_ONCE,
    )
    _of_initiatives(rows, people[:initiatives])
    _experts(programme, people[initiatives:], competences)
    asked = ExpertRequest.objects.bulk_create(
        [
            ExpertRequest(
                initiative=rows[n % len(rows)],
                state=RequestState.OPEN,
                title=f"Uno statuto {n}",
                purpose="Dobbiamo scegliere la forma giuridica.",
                hours=(6, 6, 12, 20)[n % 4],
                remote=n % 3 > 0,
                needed_by=clock.today() + dt.timedelta(days=55),
            )
            for n in range(requests)
        ],
        AT_ONCE,
    )
    RequestedCompetence.objects.bulk_create(
        [
            RequestedCompetence(
                request=one, competence=competences[(number + more) % 6], level=1 + (number + more) % 3
            )
            for number, one in enumerate(asked)
            for more in range(1 + number % 2)
        ],
        AT_ONCE,
    )


def _people(named: str, count: int) -> list[Person]:
    return Person.objects.bulk_create(
        [
            Person(
                email=f"{named}-{n}@example.org",
                given_name="Elena",
                family_name=f"Folla {n}",
                sort_name=f"folla {n}",
            )
            for n in range(count)
        ],
        AT_ONCE,
    )


def _of_initiatives(rows: list[Initiative], leaders: list[Person]) -> None:
    TeamMember.objects.bulk_create(
        [
            TeamMember(initiative=one, person=leader, part=TeamPart.LEADER)
            for one, leader in zip(rows, leaders, strict=True)
        ],
        AT_ONCE,
    )
    Milestone.objects.bulk_create(
        [
            Milestone(initiative=one, title="Aprire", due_on=due, first_due_on=due)
            for one, due in ((one, clock.today() + dt.timedelta(days=n % 300)) for n, one in enumerate(rows))
        ],
        AT_ONCE,
    )
    DiaryEntry.objects.bulk_create(
        [
            DiaryEntry(
                initiative=one, author=leader, title="Un giorno", text="Si apre.", visibility=Visibility.PROGRAMME,
                state=DiaryState.KEPT, told_on=clock.today() - dt.timedelta(days=day),
            )
            for one, leader in zip(rows, leaders, strict=True)
            for day in range(2)
        ],
        AT_ONCE,
    )  # fmt: skip


def _experts(programme: Programme, people: list[Person], competences: list) -> None:
    profiles = ExpertProfile.objects.bulk_create(
        [
            ExpertProfile(
                programme=programme, person=person, state=ProfileState.CHECKED, headline="Consulente",
                presentation="Accompagno cooperative.", area="Milano",
                languages={"it": "native"} if n % 9 else {"de": "C1"},
                hours_a_month=2 + n % 9, in_person=n % 4 > 0, sectors=["culture"] if n % 3 else [],
                expires_on=clock.today() + dt.timedelta(days=300),
            )
            for n, person in enumerate(people)
        ],
        AT_ONCE,
    )  # fmt: skip
    ExpertCompetence.objects.bulk_create(
        [
            ExpertCompetence(
                profile=one, competence=competences[(number + more) % 6], level=1 + (number // 6 + more) % 3
            )
            for number, one in enumerate(profiles)
            for more in range(2)
        ],
        AT_ONCE,
    )
