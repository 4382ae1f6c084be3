"""The sections that a page's menu offers: of a programme to its staff, of a programme to anyone, of a person."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from vivaio.desk.home.queries import Parts, parts_of, rights_of
from vivaio.desk.home.staff import Rights
from vivaio.kit.frame import Item, menu
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.shelves import SHELVES

STAFF = (
    ("programme.read", _("Desk"), "desk:home", False),
    ("programme.read", _("The programme"), "desk:programme", True),
    ("programme.edit", _("Set-up"), "programmes:edit", True),
    ("calls.read", _("Calls"), "calls:staff_list", True),
    ("scouting.read", _("Scouting"), "applications:longlist", True),
    ("calls.read", _("Forms"), "questionnaires:forms", False),
    ("funding.read", _("Money"), "funding:ledger", True),
    ("letters.read", _("Letters"), "desk:outbox", True),
    ("programme.read", _("Public site"), "publishing:site", True),
    ("initiatives.read", _("Initiatives"), "initiatives:staff_list", True),
    ("programme.read", _("Good practices"), "publishing:practice_desk", True),
    ("introductions.follow", _("Introductions"), "exchange:followed", True),
    ("experts.read", _("Competence bank"), "experts:bank", True),
    ("experts.read", _("Placements"), "experts:placements", True),
    ("journal.read", _("Register"), "desk:register", True),
    ("roles.grant", _("People and roles"), "programmes:roles", True),
    ("programme.read", _("Personal data"), "programmes:processing", True),
    ("programme.edit", _("Webhooks"), "api:webhooks", True),
    ("blueprint.apply", _("Blueprints"), "blueprints:choose", False),
)
PUBLIC = (
    (_("The programme"), "desk:programme"),
    (_("Calls"), "calls:public_list"),
    (_("Results"), "publishing:results"),
    (_("News"), "publishing:news_list"),
    (_("Stories"), "initiatives:stories"),
    (_("Good practices"), "publishing:practices"),
    (_("Documents"), "publishing:library"),
    (_("Photos and videos"), "publishing:gallery"),
    (_("Directory"), "exchange:directory"),
    (_("Offer your competence"), "experts:join"),
)
ADMINISTRATOR = (
    (_("Accounts"), "people:accounts"),
    (_("Blueprints"), "blueprints:choose"),
    (_("Personal data"), "programmes:site_controller"),
    (_("Accessibility"), "publishing:accessibility_reports"),
)

PERSONAL_DATA = (
    *("controller", "notices", "publish_notice", "discard_notice"),
    *("purposes", "processing", "retention", "retention_kind"),
)

OF_PLACEMENTS = (
    *("placement_round", "placement_round_edit", "placement_students", "placement_offers"),
    *(
        "placement_matching",
        "placement_list",
        "placement_all",
        "placement_invite",
        "placement_student",
        "placement_offer",
    ),
    *("placement", "placement_agreement", "placement_evaluate", "placement_grant", "placement_apply"),
    *("placement_student_edit", "placement_wishes", "placement_round_new", "placement_tutors", "placements"),
    "placement_hours_correct",
)
PLACEMENT_LISTS = ("placement_rounds", "placement_students", "placement_offers", "placements")
JURY_LISTS = (
    *("panel", "jurors", "applications", "assignment", "conflicts"),
    *("recusals", "blind", "comments", "releasing", "discussions"),
)
OF_INITIATIVES = ("initiatives:staff_list", "initiatives:mine")

OF_STUDENTS = ("experts:placements", "experts:placements_mine", "experts:placements_tutored")

OF_CALLS = (
    *("call_letters", "call_letter", "call_letter_standard", "call_sent"),
    *("rehearsal", "rehearsal_end"),
)

# Rooms, single pages and lists (whose saved views and changes of many rows have pages of their own) that do not stand
# below the address of the section that they belong to.
INITIATIVE_LISTS = ("initiatives", "plans", "contacts", "contests", "entries", "interests", "diaries")
UNDER = {
    **{f"publishing:practice{page}": ("publishing:practice_desk",) for page in ("_edit", "_act", "_collect")},
    "publishing:practice": ("publishing:practices",),
    "publishing.practices": ("publishing:practice_desk",),
    "publishing:video": ("publishing:gallery",),
    "publishing:results_part": ("publishing:results", "publishing:site"),
    "publishing:results": ("publishing:results", "publishing:site"),
    **{f"desk:{page}": ("calls:staff_list",) for page in OF_CALLS},
    "exchange:entry": ("exchange:directory",),
    "exchange:ask": ("exchange:directory",),
    "exchange:introduction": ("exchange:followed",),
    "calls": ("calls:staff_list", "calls:public_list"),
    "applications": ("calls:staff_list", "calls:public_list"),
    "jury": ("calls:staff_list", "calls:public_list"),
    "initiatives": OF_INITIATIVES,
    "initiatives:story": ("initiatives:stories",),
    **{f"initiatives.{name}": OF_INITIATIVES for name in INITIATIVE_LISTS},
    "calls.calls": ("calls:staff_list",),
    "applications.received": ("calls:staff_list",),
    "applications.de_minimis": ("calls:staff_list",),
    "applications.longlist": ("applications:longlist",),
    "desk.letters": ("desk:outbox",),
    "desk.register": ("desk:register",),
    "funding": ("funding:ledger", "initiatives:mine"),
    "funding:of_initiative": OF_INITIATIVES,
    **{f"funding.{name}": ("funding:ledger",) for name in ("ledger", "awards", "claims")},
    "exchange.introductions": ("exchange:followed",),
    "experts": ("experts:bank", "experts:mine"),
    "experts:tab": OF_INITIATIVES,
    "experts:ask": OF_INITIATIVES,
    "experts:request": ("experts:bank", "initiatives:mine"),
    **{f"experts.{name}": ("experts:bank",) for name in ("bank", "engagements", "given")},
    "experts.requests": ("experts:bank",),
    **{f"experts:{page}": OF_STUDENTS for page in OF_PLACEMENTS},
    **{f"experts.{shelf}": ("experts:placements",) for shelf in PLACEMENT_LISTS},
    "programmes.roles": ("programmes:roles",),
    **{f"publishing.{shelf}": ("publishing:site",) for shelf in SHELVES},
    **{
        f"publishing:{page}": ("initiatives:staff_list", "initiatives:mine")
        for page in ("practices_suggested", "practice_introduce")
    },
    **{f"jury.{name}": ("calls:staff_list",) for name in JURY_LISTS},
    **{f"programmes:{page}": ("programmes:processing",) for page in PERSONAL_DATA},
    **{f"programmes:site_{page}": ("programmes:site_controller",) for page in PERSONAL_DATA},
}
OWN_ADDRESS = {"longlist"}
SHARED = ("blueprints", "questionnaires")
# Rooms in which somebody without a role reads what is theirs, beside pages that are anyone's.
OWN = ("initiatives", "funding", "experts")


@menu
def sections(request: HttpRequest) -> list[Item] | None:
    """The menu of this page, by the programme it belongs to and the person who reads it."""
    programme = getattr(request, "frame_programme", None)
    person = getattr(request, "user", None)
    if isinstance(programme, Programme):
        permissions = getattr(request, "frame_permissions", None)
        if permissions is None:
            permissions = programmes.permissions_of(person, programme) if person else frozenset()
        room = room_of(request)
        if "programme.read" in permissions:
            return sections_of(permissions, programme, room)
        if person is not None and person.is_authenticated and theirs(request):
            return personal_sections(person, room, getattr(request, "frame_parts", None))
        return public_sections(programme, room)
    if person is not None and person.is_authenticated:
        if room_of(request) in SHARED:
            return shared_sections(set(rights_of(person).by_permission)) or None
        return personal_sections(person, room_of(request), getattr(request, "frame_parts", None))
    return None


def theirs(request: HttpRequest) -> bool:
    """Whether the page shows somebody what is theirs, and not what anyone reads of the programme."""
    match = request.resolver_match
    if match is None:
        return False
    under = UNDER.get(match.view_name, ())
    if match.namespace not in OWN and "initiatives:mine" not in under:
        return False
    anyones = {name for _label, name in PUBLIC}
    return not anyones & {match.view_name, *under}


def public_sections(programme: Programme, room: str = "") -> list[Item]:
    """What anyone may open of a programme; its results once they are on line."""
    return [
        item
        for label, name in PUBLIC
        if name != "publishing:results" or programme.shows_results
        for item in item_of(label, name, programme.slug, room)
    ]


def personal_sections(person: Person, room: str = "", known: Parts | None = None) -> list[Item]:
    """What concerns the person, and no more; somebody who plays no part yet is led to applying.

    `known`: the parts that they play, where the page has asked already.
    """
    part = known or parts_of(person)
    newcomer = not (
        part.applies
        or part.belongs
        or part.grows
        or part.jury
        or part.works
        or part.helps
        or part.studies
        or part.tutors
    )
    offered = [
        (_("Desk"), "desk:home", None, True),
        (_("My applications"), "applications:mine", None, part.applies or newcomer),
        (_("My initiatives"), "initiatives:mine", None, part.grows),
        (_("My organisations"), "people:organisations", None, part.belongs or newcomer),
        (_("My score sheets"), "jury:desk", part.jury, part.jury),
        (_("My help as an expert"), "experts:mine", None, part.helps),
        (_("My placements"), "experts:placements_mine", None, part.studies),
        (_("Students of my university"), "experts:placements_tutored", None, part.tutors),
        *((label, name, None, person.is_administrator) for label, name in ADMINISTRATOR),
    ]
    return [
        item for label, name, key, wanted in offered if wanted for item in item_of(label, name, key, room)
    ]


def room_of(request: HttpRequest) -> str:
    """The room whose page this is, or the page that has a section of its own; nothing for a section's own address."""
    if here := getattr(request, "frame_list", ""):
        return str(here)
    match = request.resolver_match
    if match is None or OWN_ADDRESS & set(match.route.split("/")):
        return ""
    return match.view_name if match.view_name in UNDER else match.namespace


def sections_of(permissions: Collection[str], programme: Programme, room: str = "") -> list[Item]:
    """All that the staff of a programme may open, by what their roles allow."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions
        for item in item_of(label, name, programme.slug if scoped else None, room)
    ]


def shared_sections(permissions: Collection[str]) -> list[Item]:
    """The staff's sections that belong to no single programme."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions and not scoped
        for item in item_of(label, name, None)
    ]


def desk_sections(rights: Rights, programmes: list[Programme], person: Person) -> list[Item] | None:
    """The desk's menu: of the one programme that the person runs, or what all of theirs share; administrators find
    their own pages beside it."""
    if not programmes:
        return None
    offered = shared_sections(set(rights.by_permission))
    if len(programmes) == 1:
        offered = sections_of(rights.of(programmes[0].pk), programmes[0])
    known = {str(item.label) for item in offered}
    wanted = ADMINISTRATOR if person.is_administrator else ()
    return offered + [
        item for label, name in wanted if str(label) not in known for item in item_of(label, name, None)
    ]


def own_sections(permissions: Collection[str], programme: Programme) -> list[Item]:
    """The staff's sections of this programme alone; its public page is left out."""
    return [
        item
        for permission, label, name, scoped in STAFF
        if permission in permissions and scoped and name != "desk:programme"
        for item in item_of(label, name, programme.slug)
    ]


def item_of(label: Any, name: str, slug: Any, room: str = "") -> list[Item]:
    """The item, or nothing where the room does not offer that page."""
    try:
        href = reverse(name, args=[slug] if slug else [])
    except NoReverseMatch:
        return []
    return [Item(label, href, name in UNDER.get(room, ()) or None)]
