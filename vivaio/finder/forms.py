"""What the search page is asked for, and what it shows. What does not exist in the address is taken as not asked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.finder import queries, sources
from vivaio.finder.queries import Found, Result
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.queries import visible_to

AT_ONCE = 20
HELP = (
    ("kit:help", _("Help"), _("Applying to a call, signing in, someone to ask.")),
    ("publishing:accessibility", _("Accessibility"), _("How these pages can be used by everyone.")),
    ("programmes:site_privacy", _("Privacy"), _("What becomes of personal data.")),
    ("kit:open_data", _("Open data"), _("What can be downloaded and used again.")),
)


@dataclass(frozen=True)
class Line:
    """A thing found, with the name of its kind."""

    result: Result
    kind: Any


@dataclass(frozen=True)
class Tab:
    """One kind, with how many were found."""

    label: Any
    href: str
    current: bool
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """What the page shows of what was found."""

    lines: list[Line] = field(default_factory=list)
    page: Page[Any] | None = None
    tabs: list[Tab] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    help: list[tuple[str, Any, Any]] = field(default_factory=list)
    words_alone: bool = False
    weaker: int = 0
    weaker_href: str = ""

    @property
    def count(self) -> int:
        return (self.page.paginator.count if self.page else 0) + len(self.help)


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, and perhaps a kind, a programme, a page."""

    typed: str
    kind: str
    programme: UUID | None
    number: int
    language: str
    weak: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str], language: str) -> "Asked":
        kind, number = given.get("in", ""), given.get("page", "")
        try:
            programme = UUID(given.get("programme", ""))
        except ValueError:
            programme = None
        return cls(
            queries.cleaned(given.get("q", "")),
            kind if kind in {source.kind for source in sources.searched()} else "",
            programme,
            min(int(number), 1000) if number.isascii() and number.isdigit() else 1,
            language,
            given.get("weak") == "1",
        )

    def answered(self, person: Person) -> Shown:
        """What the person may find of it."""
        if len(self.typed) < queries.SHORTEST:
            return Shown()
        kinds = [self.kind] if self.kind else [source.kind for source in sources.searched()]
        page = max(self.number, 1)
        found = queries.search(
            person,
            self.typed,
            kinds=kinds,
            programme=self.programme,
            language=self.language,
            limit=AT_ONCE,
            offset=(page - 1) * AT_ONCE,
            weak=self.weak,
        )
        labels = {source.kind: source.label for source in sources.searched()}
        return Shown(
            [Line(result, labels[result.kind]) for result in found.results],
            Paginator(found.keys, AT_ONCE).get_page(page),
            self.tabs(found),
            self.programmes(found, person),
            [] if self.narrowed or page > 1 else self.help(),
            found.words_alone,
            found.weaker,
            self.href(weak="" if self.weak else "1"),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.programme)

    def href(self, **other: Any) -> str:
        """This search, or the same otherwise narrowed; without its page."""
        parts = {"q": self.typed, "in": self.kind, "programme": self.programme}
        parts |= {"weak": "1" if self.weak else "", **other}
        return (
            f"{reverse('finder:search')}?{urlencode({key: value for key, value in parts.items() if value})}"
        )

    def tabs(self, found: Found) -> list[Tab]:
        """All, and each kind of which something was found; of one kind alone, that one."""
        counts = Counter(kind for kind, _subject, _programme in found.keys)
        own = [
            Tab(
                source.label,
                self.href(**{"in": source.kind}),
                source.kind == self.kind,
                str(counts[source.kind]),
            )
            for source in sources.searched()
            if counts[source.kind] or source.kind == self.kind
        ]
        if not self.kind and len(own) < 2:
            return []
        return [Tab(_("Everything"), self.href(**{"in": ""}), not self.kind), *own]

    def programmes(self, found: Found, person: Person) -> list[Programme]:
        """The programmes to narrow the search to, where there is a choice; the one that it is narrowed to, always."""
        places = {programme for _kind, _subject, programme in found.keys} - {None}
        if not self.programme and len(places) < 2:
            return []
        named = Q(pk=self.programme) & Q(pk__in=visible_to(person).values("pk"))
        return list(
            Programme.objects.filter(Q(pk__in=places) | named).order_by("title").only("title", "i18n")
        )

    def help(self) -> list[tuple[str, Any, Any]]:
        """The pages that explain, where a word of what was typed stands on them."""
        words = [word for word in self.typed.casefold().split() if len(word) > 2]
        return [
            (reverse(name), title, text)
            for name, title, text in HELP
            if any(word in f"{title} {text}".casefold() for word in words)
        ]
