"""What comes after a selection: initiatives, diaries, good practices for anyone; one's own; what the staff may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router

from vivaio.api import scopes
from vivaio.api.v1 import schemas_growing as out
from vivaio.api.v1.door import Anyone, PersonalToken, person_of
from vivaio.api.v1.naming import ById, InProgramme
from vivaio.api.v1.pages import Paged, page_of
from vivaio.experts.queries import bank, requests
from vivaio.funding.queries import awards as money
from vivaio.funding.queries import ledger
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


@staff.get(
    f"{OF_STAFF}/initiatives", response=out.InitiativesPage, summary=_("The initiatives of a programme")
)
def list_staff_initiatives(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = initiatives.of_programme(staffed(request, at, "initiatives.read")).order_by("title", "pk")
    return page_of(request, response, rows, paged)


@staff.get(f"{OF_STAFF}/experts", response=out.ExpertsPage, summary=_("The competence bank of a programme"))
def list_experts(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = bank.profiles(staffed(request, at, "experts.read")).order_by("created_at", "pk")
    return page_of(request, response, rows, paged)


@staff.get(
    f"{OF_STAFF}/requests",
    response=out.RequestsPage,
    summary=_("What the initiatives of a programme ask experts for"),
)
def list_requests(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = requests.of_programme(staffed(request, at, "experts.read")).order_by("created_at", "pk")
    return page_of(request, response, rows, paged)


@staff.get(
    f"{OF_STAFF}/money",
    response=out.MoneyAwardsPage,
    summary=_("Vouchers, prizes and grants of a programme, with what is left of each"),
)
def list_money_awards(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = money.of_programme(staffed(request, at, "funding.read")).order_by("number")
    return page_of(request, response, rows, paged)


@staff.get(
    f"{OF_STAFF}/ledger",
    response=out.LedgerPage,
    summary=_("The ledger of a programme line by line, the newest first"),
)
def list_postings(
    request: HttpRequest, response: HttpResponse, at: Path[InProgramme], paged: Query[Paged]
) -> Any:
    rows = ledger.postings_of(staffed(request, at, "funding.read")).order_by("-transaction__number", "pk")
    return page_of(request, response, rows, paged)
