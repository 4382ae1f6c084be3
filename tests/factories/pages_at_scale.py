"""The pages of a programme that must not grow with rows that they do not show, by who reads them."""

from django.urls import reverse

from tests.factories import crowds_at_work as working
from tests.factories.crowds import crowd
from tests.factories.programmes import holder
from vivaio.experts.models import (
    Engagement,
    EngagementSession,
    ExpertProfile,
    ExpertRequest,
    Placement,
    PlacementRound,
    PlacementStudent,
)
from vivaio.funding.models import Award, Claim
from vivaio.initiatives.models import Contact, Initiative, NeedsRound
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.publishing.results import actions as results

OF_PROGRAMME = (
    *("initiatives:staff_list", "initiatives:diaries", "initiatives:stories", "initiatives:needs_programme"),
    *("initiatives:plans", "initiatives:timeline"),
    *("experts:bank", "experts:listed", "experts:requests", "experts:matching"),
    *(
        "experts:engagements",
        "experts:hours",
        "experts:given",
        "experts:placements",
        "experts:placement_tutors",
    ),
    *("funding:awards", "funding:claims", "funding:ledger"),
    *("publishing:results", "publishing:results_manage"),
)
OF_INITIATIVE = (
    *(
        "initiatives:initiative",
        "initiatives:team",
        "initiatives:needs",
        "initiatives:plan",
        "initiatives:diary",
    ),
    *("initiatives:contests", "initiatives:contacts", "experts:tab", "experts:placement_tab"),
    "funding:of_initiative",
)
OF_ROUND = ("placement_round", "placement_students", "placement_offers", "placement_list")
PARTS = ("who", "help", "change", "contacts", "money")
OF_EXPERT = ("desk:home", "experts:mine", "experts:mine_engagements")


def grow(
    programme: Programme, count: int, experts: int, requests: int, engagements: int, sessions: int
) -> None:
    """So many initiatives, experts, open requests, engagements with so many sessions each, and what goes with them."""
    manager = holder(programme, "manager")
    crowd(programme, count, experts, requests)
    busy = ExpertProfile.objects.filter(programme=programme).order_by("created_at", "pk").first()
    working.at_work(programme, engagements, sessions, busy=busy.person)
    working.contacts(programme, 2 * count)
    working.money(programme, count, 2 * count, manager)
    working.placed(programme, count)
    working.needs(programme)
    results.take(programme, by=manager)


def first(rows):
    return rows.order_by("created_at", "pk").first()


def of_manager(programme: Programme) -> dict[str, str]:
    """Whoever reads everything."""
    found = {name: reverse(name, args=[programme.slug]) for name in OF_PROGRAMME}
    initiative = first(Initiative.objects.filter(programme=programme))
    found |= {name: reverse(name, args=[initiative.pk]) for name in OF_INITIATIVE}
    rounds = first(PlacementRound.objects.filter(programme=programme))
    found |= {f"experts:{name}": reverse(f"experts:{name}", args=[rounds.pk]) for name in OF_ROUND}
    slug = [programme.slug]
    for by in ("initiative", "field", "partner"):
        found[f"hours by {by}"] = f"{reverse('experts:hours', args=slug)}?by={by}"
    engagement = first(Engagement.objects.filter(programme=programme))
    opened = {"expert": engagement.person_id, "initiative": engagement.initiative_id, "field": "none"}
    for by, key in opened.items():
        found[f"sessions of one {by}"] = f"{reverse('experts:given', args=slug)}?{by}={key}"
    for part in PARTS:
        found[f"results: {part}"] = reverse("publishing:results_part", args=[programme.slug, part])
    found["engagements that are stuck"] = f"{reverse('experts:engagements', args=slug)}?stuck=yes"
    found["engagements searched"] = f"{reverse('experts:engagements', args=slug)}?q=bilancio+3"
    found["sessions searched"] = f"{reverse('experts:given', args=slug)}?q=bilancio+3"
    found["last page of sessions"] = f"{reverse('experts:given', args=slug)}?page=99999"
    ones = (
        *(engagement, first(engagement.sessions), engagement.request),
        first(ExpertRequest.objects.filter(initiative__programme=programme, state="open")),
        *(first(ExpertProfile.objects.filter(programme=programme)), first(Contact.objects.all())),
        *(first(model.objects.filter(programme=programme)) for model in (Award, Claim, NeedsRound)),
        *(first(Placement.objects.all()), first(PlacementStudent.objects.all())),
    )
    found |= {f"one {one._meta.model_name}: {one.state}": one.get_absolute_url() for one in ones}
    return found | {
        "desk:home": reverse("desk:home"),
        "finder:search": f"{reverse('finder:search')}?q=portineria",
    }


def of_expert(programme: Programme) -> tuple[Person, dict[str, str]]:
    """The expert who has the most engagements, and what they read."""
    person = first(ExpertProfile.objects.filter(programme=programme)).person
    found = {name: reverse(name) for name in OF_EXPERT}
    held = first(EngagementSession.objects.filter(engagement__person=person))
    found["one of their sessions"] = held.get_absolute_url()
    return person, found | {"one of their engagements": held.engagement.get_absolute_url()}


def of_team(programme: Programme) -> tuple[Person, dict[str, str]]:
    """Who leads the first initiative."""
    initiative = first(Initiative.objects.filter(programme=programme))
    found = {name: reverse(name, args=[initiative.pk]) for name in OF_INITIATIVE}
    return initiative.team.get().person, found | {"desk:home": reverse("desk:home")}
