"""What stands around every page: bar, menu, who you are, languages.

A room that knows the sections of a page says so: `@menu` registers a function of the request that
answers the menu's items, or `None` when the page is not its own. A view may also set
`request.frame_menu` (items), `request.frame_programme` (a name),
`request.frame_part` (the person's part in it), `request.frame_list` (the key of the list that the page serves),
`request.frame_permissions` (what they may do in it, where the view has read it already) and
`request.frame_card` (what is shown where the page is shared).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from vivaio.kit.guidance import Guidance, guidance_of
from vivaio.kit.secrets import SECRETS


@dataclass(frozen=True)
class Item:
    """One section of the menu. `current` is found from the address unless it is said."""

    label: Any
    href: str
    current: bool | None = None


@dataclass(frozen=True)
class Language:
    """This same page in another language."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True)
class Card:
    """What is shown of a page where it is shared. `image` is a path of this installation, 1200 x 630."""

    title: str
    text: str
    image: str
    kind: str = "website"


Provider = Callable[[HttpRequest], Iterable[Item] | None]
PROVIDERS: list[Provider] = []
NAMES = {
    "it": "Italiano",
    "en": "English",
    "de": "Deutsch",
    "sk": "Slovenčina",
    "pl": "Polski",
    "hu": "Magyar",
    "sl": "Slovenščina",
}


def menu(provider: Provider) -> Provider:
    """Register a function that answers the menu of a page."""
    PROVIDERS.append(provider)
    return provider


def in_language(address: str, here: str, code: str) -> str:
    """The address of the same page in another language: it differs in what stands in front alone."""
    own = f"/{here}/"
    return f"/{code}/{address.removeprefix(own)}" if address.startswith(own) else address


class Frame:
    """Read by the base template; everything is worked out only if it is shown."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @property
    def programme(self) -> str:
        named = getattr(self.request, "frame_programme", "") or ""
        return str(getattr(named, "title_i18n", named))

    @property
    def rehearses(self) -> bool:
        """Whether the page belongs to a rehearsal, of which nothing is real: each of its pages says so."""
        named = getattr(self.request, "frame_programme", None)
        return bool(getattr(named, "is_rehearsal", getattr(self.request, "frame_rehearses", False)))

    @property
    def is_demo(self) -> bool:
        """Whether this installation shows the product with invented people: each page says so."""
        return bool(settings.DEMO)

    @property
    def part(self) -> str:
        return str(getattr(self.request, "frame_part", "") or "")

    @property
    def person(self) -> Any:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def menu(self) -> list[Item]:
        items = getattr(self.request, "frame_menu", None)
        for provider in PROVIDERS if items is None else ():
            items = provider(self.request)
            if items is not None:
                break
        items = list(items or ())
        if any(item.current for item in items):
            return items
        path = self.request.path
        here = max((i for i in items if path.startswith(i.href)), key=lambda i: len(i.href), default=None)
        return [Item(item.label, item.href, item is here) for item in items]

    @cached_property
    def guidance(self) -> Guidance | None:
        """What one can do here, where the page's room explains it."""
        return guidance_of(getattr(self.request, "resolver_match", None))

    @cached_property
    def languages(self) -> list[Language]:
        here = get_language() or settings.LANGUAGE_CODE
        address = self.request.get_full_path()
        found = getattr(self.request, "resolver_match", None) is not None
        return [
            Language(
                code,
                NAMES.get(code, code),
                in_language(address, here, code) if found else f"/{code}/",
                code == here,
            )
            for code, _name in settings.LANGUAGES
        ]

    @property
    def other_languages(self) -> list[Language]:
        return [language for language in self.languages if not language.current]

    @property
    def card(self) -> Card | None:
        """What a public page says of itself where it is shared; views set `request.frame_card`."""
        return getattr(self.request, "frame_card", None)

    @property
    def origin(self) -> str:
        """The installation's own address, whatever the request called it."""
        return str(settings.BASE_URL)

    @cached_property
    def canonical(self) -> str:
        """The one address of this page; of what follows the question mark only the page's number counts."""
        if getattr(self.request, "resolver_match", None) is None:
            return ""
        page = self.request.GET.get("page", "")
        return f"{self.origin}{self.request.path}" + (
            f"?page={page}" if page.isdecimal() and page != "1" else ""
        )

    @property
    def place(self) -> str:
        """The page's path, as it may be told to others: empty where the secret of a letter stands in it."""
        match = getattr(self.request, "resolver_match", None)
        return "" if match is None or SECRETS & set(match.kwargs) else self.request.path

    @cached_property
    def profile_url(self) -> str:
        """The person's own page, where a room offers one."""
        try:
            return reverse("people:profile")
        except NoReverseMatch:
            return ""
