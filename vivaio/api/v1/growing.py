"""What comes after a selection: initiatives, diaries, good practices for anyone; one's own; what the staff may read."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from vivaio.api import scopes
from vivaio.api.v1 import schemas_accompanying as more
from vivaio.api.v1 import schemas_growing as out
from vivaio.api.v1.door import Anyone, PersonalToken, person_of
from vivaio.api.v1.naming import ById, InProgramme
from vivaio.api.v1.pages import Paged, page_of
from vivaio.api.v1.schemas_public import page
from vivaio.experts.engaging import queries as given
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.placing.queries import placements
from vivaio.experts.queries import bank, requests
from vivaio.funding.queries import awards as money
from vivaio.funding.queries import claims, ledger
from vivaio.initiatives.analysing import queries as needs
from vivaio.initiatives.contacting import queries as contacts
from vivaio.initiatives.diary import queries as diary
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.queries import presenting as stories
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.practices import queries as practices

anyone = Router(auth=Anyone(), tags=["public"])
own = Router(auth=PersonalToken(scopes.INITIATIVES_READ), tags=["initiatives"])
staff = Router(auth=PersonalToken(scopes.STAFF_READ), tags=["staff"])
OF_PROGRAMME, OF_STAFF = "/programmes/{programme}", "/staff/programmes/{programme}"


def public_programme(at: InProgramme) -> Programme:
    """The public programme of the address, else 404."""
    return get_object_or_404(programmes.public(), slug=at.programme)


def staffed(request: HttpRequest, at: InProgramme, permission: str) -> Programme:
    """The programme of the address, if the person has that permission there; else 404."""
    return get_object_or_404(programmes.programmes_where(person_of(request), permission), slug=at.programme)


@anyone.get(
    f"{OF_PROGRAMME}/initiatives",
    response=out.StoriesPage,
    summary=_("Initiatives with a public page, the newest first"),
)
def list_stories(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    return page_of(request, response, stories.of_programme(public_programme(at)), paged)


@anyone.get(
    f"{OF_PROGRAMME}/initiatives/{{initiative}}", response=out.StoryWhole, summary=_("A public initiative")
)
def read_story(request: HttpRequest, at: Path[out.InInitiative]) -> Any:
    rows = stories.of_programme(public_programme(at))
    return get_object_or_404(rows, initiative__slug=at.initiative)


@anyone.get(
    f"{OF_PROGRAMME}/initiatives/{{initiative}}/diary",
    response=out.DiaryPage,
    summary=_("What the diary of a public initiative tells everybody, the newest first"),
)
def list_diary(
    request: HttpRequest, response: HttpResponse, at: Path[out.InInitiative], paged: Query[Paged]
) -> Any:
    told = get_object_or_404(stories.of_programme(public_programme(at)), initiative__slug=at.initiative)
    rows = diary.public().filter(initiative=told.initiative_id).order_by("-told_on", "-created_at", "pk")
    return page_of(request, response, rows, paged)


@anyone.get(
    f"{OF_PROGRAMME}/practices",
    response=out.PracticesPage,
    summary=_("Good practices of a programme, the newest first"),
)
def list_practices(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = practices.on_line(public_programme(at)).order_by("-published_at", "pk")
    return page_of(request, response, rows, paged)


@anyone.get(
    f"{OF_PROGRAMME}/practices/{{practice}}", response=out.PracticeWhole, summary=_("A good practice, whole")
)
def read_practice(request: HttpRequest, at: Path[out.InPractice]) -> Any:
    return get_object_or_404(practices.on_line(public_programme(at)), slug=at.practice)


@own.get("/initiatives", response=out.InitiativesPage, summary=_("The initiatives of your teams"))
def list_initiatives(request: HttpRequest, response: HttpResponse, paged: Query[Paged]) -> Any:
    rows = initiatives.of_person(person_of(request)).order_by("title", "pk")
    return page_of(request, response, rows, paged)


@own.get("/initiatives/{id}", response=out.InitiativeOut, summary=_("One of the initiatives of your teams"))
def read_initiative(request: HttpRequest, at: Path[ById]) -> Any:
    return get_object_or_404(initiatives.of_person(person_of(request)), pk=at.id)


@dataclass(frozen=True)
class StaffList:
    """A list of a programme that the staff reads: what it is called and told as, who may read it, its rows in order."""

    name: str
    path: str
    response: type[Schema]
    permission: str
    rows: Callable[[Programme], Any]
    summary: str


def tell(one: StaffList) -> None:
    """Give the list its address."""

    def read(request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]) -> Any:
        return page_of(request, response, one.rows(staffed(request, at, one.permission)), paged)

    read.__name__ = one.name
    staff.get(f"{OF_STAFF}/{one.path}", response=one.response, summary=one.summary)(read)


for told in (
    StaffList(
        "list_staff_initiatives", "initiatives", out.InitiativesPage, "initiatives.read",
        lambda programme: initiatives.of_programme(programme).order_by("title", "pk"),
        _("The initiatives of a programme"),
    ),
    StaffList(
        "list_experts", "experts", out.ExpertsPage, "experts.read",
        lambda programme: bank.profiles(programme).order_by("created_at", "pk"),
        _("The competence bank of a programme"),
    ),
    StaffList(
        "list_requests", "requests", out.RequestsPage, "experts.read",
        lambda programme: requests.of_programme(programme).order_by("created_at", "pk"),
        _("What the initiatives of a programme ask experts for"),
    ),
    StaffList(
        "list_hours_by_expert", "hours/experts", out.GivenPage, "experts.read",
        lambda programme: given.by_expert(programme).order_by("sort_name", "pk"),
        _("Hours given, expert by expert"),
    ),
    StaffList(
        "list_hours_by_initiative", "hours/initiatives", out.GivenPage, "experts.read",
        lambda programme: given.by_initiative(programme).order_by("title", "pk"),
        _("Hours given, initiative by initiative"),
    ),
    StaffList(
        "list_hours_by_field", "hours/fields", out.GivenPage, "experts.read",
        lambda programme: given.by_field(programme).order_by("position", "pk"),
        _("Hours given, field by field"),
    ),
    StaffList(
        "list_hours_by_competence", "hours/competences", out.GivenPage, "experts.read",
        lambda programme: given.by_competence(programme).order_by("field__position", "position", "pk"),
        _("Hours given, competence by competence"),
    ),
    StaffList(
        "list_hours_by_partner", "hours/partners", out.GivenPage, "experts.read",
        lambda programme: given.by_partner(programme).order_by("name", "pk"),
        _("Hours given, by the partner that the experts came from"),
    ),
    StaffList(
        "list_money_awards", "money", out.MoneyAwardsPage, "funding.read",
        lambda programme: money.of_programme(programme).order_by("number"),
        _("Vouchers, prizes and grants of a programme, with what is left of each"),
    ),
    StaffList(
        "list_contacts", "contacts", more.ContactsPage, "initiatives.read",
        lambda programme: contacts.in_programme(programme).order_by("-begun_on", "pk"),
        _("The contacts of the initiatives of a programme, the newest first"),
    ),
    StaffList(
        "list_profiles", "needs", more.ProfilesPage, "initiatives.read",
        lambda programme: needs.in_programme(programme).order_by("round__position", "initiative__title", "pk"),
        _("The profiles of needs of a programme, round by round"),
    ),
    StaffList(
        "list_engagements", "engagements", more.EngagementsPage, "experts.read",
        lambda programme: engagements.in_programme(programme).order_by("created_at", "pk"),
        _("The engagements of experts in a programme"),
    ),
    StaffList(
        "list_placements", "placements", more.PlacementsPage, "experts.read",
        lambda programme: placements.of_programme(programme).order_by("created_at", "pk"),
        _("The placements of students in a programme"),
    ),
    StaffList(
        "list_claims", "claims", more.ClaimsPage, "funding.read",
        lambda programme: claims.of_programme(programme).order_by("submitted_at", "pk"),
        _("The claims handed in to a programme"),
    ),
    StaffList(
        "list_postings", "ledger", out.LedgerPage, "funding.read",
        lambda programme: ledger.postings_of(programme).order_by("-transaction__number", "pk"),
        _("The ledger of a programme line by line, the newest first"),
    ),
):  # fmt: skip
    tell(told)


@staff.get(
    f"{OF_STAFF}/hours",
    response=out.HoursOut,
    summary=_("The hours that experts gave in a programme, with their value"),
)
def read_hours(request: HttpRequest, at: Path[InProgramme]) -> Any:
    programme = staffed(request, at, "experts.read")
    return asdict(given.hours_of_programme(programme)) | {"page": page("experts:hours", programme.slug)}
