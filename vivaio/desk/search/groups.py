"""What is searched, group by group. Each is one query over what the person may see and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.calls import queries as calls
from vivaio.calls.asking import queries as questions
from vivaio.desk.search import words as full_text
from vivaio.exchange import queries as exchange
from vivaio.kit.formats import short_day
from vivaio.people.models import Organisation, Person
from vivaio.programmes import queries as programmes
from vivaio.publishing import queries as publishing
from vivaio.publishing.models import Document, News

SHOWN, MOST = 5, 50


@dataclass(frozen=True)
class Result:
    """One thing found."""

    title: str
    href: str
    where: str = ""
    passage: SafeString | str = ""


@dataclass(frozen=True)
class Group:
    """Things of one kind. `more` says that there are others."""

    key: str
    title: Any
    results: list[Result] = field(default_factory=list)
    more: bool = False


def in_programmes(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(programmes.visible_to(person), typed)


def in_calls(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(calls.visible_to(person), typed)


def in_questions(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(questions.visible_to(person), typed)


def in_news(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(publishing.visible_to(person, News), typed)


def in_documents(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(publishing.visible_to(person, Document), typed)


def in_directory(person: Person, typed: str) -> QuerySet[Any]:
    return full_text.found(exchange.visible_to(person), typed)


def in_applications(person: Person, typed: str) -> QuerySet[Any]:
    rows = applications.visible_to(person).select_related("call__programme", "organisation", "person")
    return full_text.found(rows, typed, beside="organisation")


def in_organisations(person: Person, typed: str) -> QuerySet[Any]:
    received = applications.for_staff(person)
    newest = received.filter(organisation=OuterRef("pk")).order_by("-submitted_at")
    rows = Organisation.objects.filter(pk__in=received.values("organisation_id"))
    return full_text.found(rows.annotate(newest_application=Subquery(newest.values("pk")[:1])), typed)


def of_programme(row: Any) -> Result:
    return Result(
        row.title_i18n,
        reverse("desk:programme", args=[row.slug]),
        row.context_line_i18n or "",
        full_text.marked(row.passage),
    )


def of_call(row: Any) -> Result:
    href = reverse("calls:call", args=[row.programme.slug, row.slug])
    return Result(row.title_i18n, href, row.programme.title_i18n, full_text.marked(row.passage))


def of_question(row: Any) -> Result:
    title = Truncator(row.wording_i18n).chars(140)
    return Result(title, row.get_absolute_url(), row.call.title_i18n, full_text.marked(row.passage))


def of_news(row: Any) -> Result:
    day = short_day(row.published_at, row.programme.time_zone)
    where = " · ".join(filter(None, (row.programme.title_i18n, day)))
    return Result(row.title_i18n, row.get_absolute_url(), where, full_text.marked(row.passage))


def of_document(row: Any) -> Result:
    return Result(
        row.title_i18n, row.get_absolute_url(), f"{row.programme.title_i18n} · {short_day(row.dated)}"
    )


def of_entry(row: Any) -> Result:
    return Result(row.name, row.get_absolute_url(), row.programme.title_i18n, full_text.marked(row.passage))


def of_application(row: Application) -> Result:
    applicant = str(row.organisation or row.person or "")
    href = reverse("applications:application", args=[row.pk])
    return Result(row.title or _t("Application without a title yet"), href, f"{applicant} · {row.call}")


def of_organisation(row: Any) -> Result:
    href = reverse("applications:application", args=[row.newest_application])
    return Result(row.name, href, row.municipality, full_text.marked(row.passage))


Search = Callable[[Person, str], QuerySet[Any]]
ANYONE: tuple[tuple[str, Any, Search, Callable[[Any], Result]], ...] = (
    ("programmes", _("Programmes"), in_programmes, of_programme),
    ("calls", _("Calls"), in_calls, of_call),
    ("questions", _("Questions on calls"), in_questions, of_question),
    ("news", _("News"), in_news, of_news),
    ("documents", _("Documents"), in_documents, of_document),
    ("directory", _("Directory"), in_directory, of_entry),
)
SIGNED_IN: tuple[tuple[str, Any, Search, Callable[[Any], Result]], ...] = (
    ("applications", _("Applications"), in_applications, of_application),
    ("organisations", _("Organisations that applied"), in_organisations, of_organisation),
)
HELP = (
    ("kit:help", _("Help"), _("Applying to a call, signing in, someone to ask.")),
    ("publishing:accessibility", _("Accessibility"), _("How these pages can be used by everyone.")),
    ("programmes:site_privacy", _("Privacy"), _("What becomes of personal data.")),
    ("kit:open_data", _("Open data"), _("What can be downloaded and used again.")),
)


def search(person: Person, typed: str, only: str = "", *, works: bool = True) -> list[Group]:
    """What is found, in groups; one group alone, in full, where `only` names it.

    `works`: whether the person runs a programme; nobody else receives applications of organisations.
    """
    if len(typed) < full_text.SHORTEST:
        return []
    own = SIGNED_IN if works else SIGNED_IN[:1]
    kinds = [*ANYONE, *(own if person.is_authenticated else ())]
    chosen = [kind for kind in kinds if kind[0] == only]
    with full_text.alike_enough():
        return [group for group in _groups(chosen or kinds, person, typed, bool(chosen)) if group.results]


def _groups(kinds: Any, person: Person, typed: str, alone: bool) -> Iterator[Group]:
    shown = MOST if alone else SHOWN
    for key, title, find, told in kinds:
        rows = list(find(person, typed)[: shown + 1])
        yield Group(key, title, [told(row) for row in rows[:shown]], more=len(rows) > shown)
    if not alone:
        yield Group("help", _("Help"), [
            Result(str(title), reverse(name), passage=str(text))
            for name, title, text in HELP
            if any(word in f"{title} {text}".casefold() for word in typed.casefold().split() if len(word) > 2)
        ])  # fmt: skip
