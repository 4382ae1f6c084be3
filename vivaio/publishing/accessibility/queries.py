"""Reads about the statement and the reports: who may see them, what waits, what came of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, Max, Q, QuerySet, Subquery, Value

from vivaio.kit import clock, tokens
from vivaio.people.models import Person
from vivaio.publishing.accessibility.truth import of_the_product
from vivaio.publishing.models import (
    AccessibilityEntry,
    AccessibilityReport,
    AccessibilityStatement,
)
from vivaio.publishing.states import ReportState

# The legal term: law 4/2004, art. 3-quinquies; AgID's guidelines on the accessibility of information systems.
TERM_DAYS = 30
WARNED_DAYS = 7
YEAR = dt.timedelta(days=365)
SETTLED = (ReportState.ANSWERED, ReportState.CLOSED)
# Reports are numbered and counted by one transaction at a time (the key of an advisory lock).
RECEIVING = 0xACCE55


def statement() -> AccessibilityStatement:
    """What the body declares; until it has written, what is true of the product."""
    return AccessibilityStatement.objects.first() or of_the_product()


def locked_statement() -> AccessibilityStatement:
    """The statement, its row locked until the transaction ends; a new one where there is none."""
    return AccessibilityStatement.objects.select_for_update().first() or AccessibilityStatement()


def review_due(found: AccessibilityStatement) -> bool:
    """Whether a year has passed since anybody reviewed the statement: AgID asks for it each year."""
    return found.reviewed_on is None or found.reviewed_on < clock.today() - YEAR


def administrators() -> QuerySet[Person]:
    """Those who answer for the installation."""
    return Person.objects.filter(is_administrator=True, is_active=True).order_by("email")


def visible_to(person: Person) -> QuerySet[AccessibilityReport]:
    """The reports that the person answers: all of them or none."""
    if person.is_authenticated and person.is_administrator:
        return AccessibilityReport.objects.all()
    return AccessibilityReport.objects.none()


def opened_by(token: str) -> AccessibilityReport | None:
    """The report whose page a secret address opens."""
    return AccessibilityReport.objects.filter(keys__digest=tokens.digest(token)).first()


def thread(report: AccessibilityReport) -> QuerySet[AccessibilityEntry]:
    """What was said about it, in its order."""
    return report.entries.select_related("person")


def last_words(report: AccessibilityReport, by_body: bool) -> str:
    """What the one or the other side wrote last."""
    rows = report.entries.filter(by_body=by_body).exclude(text="").order_by("-created_at")
    found = rows.values_list("text", flat=True).first()
    return found or ("" if by_body else report.barrier)


def locked(pk: UUID) -> AccessibilityReport:
    """The report, its row locked until the transaction ends. Raises `DoesNotExist` where it is gone."""
    return AccessibilityReport.objects.select_for_update().get(pk=pk)


def one_at_a_time() -> None:
    """Wait until no other transaction receives a report; this one's turn lasts until its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECEIVING])


def next_number() -> int:
    """The number of the next report."""
    last = AccessibilityReport.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def pressed(press: str) -> AccessibilityReport | None:
    """The report that this very press of the button made already."""
    return AccessibilityReport.objects.filter(press=press).first()


def received_since(span: dt.timedelta, **narrow: Any) -> int:
    """How many reports came in the last hour, day..."""
    return AccessibilityReport.objects.filter(created_at__gt=clock.now() - span, **narrow).count()


def written_since(report: AccessibilityReport, span: dt.timedelta) -> int:
    """How many messages who reported it has added of late."""
    since = clock.now() - span
    return report.entries.filter(by_body=False, created_at__gt=since).count()


def told_lately(besides: AccessibilityReport, span: dt.timedelta) -> bool:
    """Whether something else came in of late, of which the administrators were written to."""
    since = clock.now() - span
    return (
        AccessibilityReport.objects.exclude(pk=besides.pk).filter(created_at__gt=since).exists()
        or AccessibilityEntry.objects.filter(by_body=False, created_at__gt=since)
        .exclude(report=besides)
        .exists()
    )


def waiting() -> QuerySet[AccessibilityReport]:
    """Reports for which an answer is awaited, the one whose term ends first before the others."""
    return AccessibilityReport.objects.filter(waits_until__isnull=False).order_by("waits_until", "number")


def to_remind() -> QuerySet[AccessibilityReport]:
    """Those whose term ends within a week, or has passed, and of which nobody was told for this term."""
    today = clock.today()
    soon = Q(waits_until__lte=today + dt.timedelta(days=WARNED_DAYS), waits_until__gte=today)
    late = Q(waits_until__lt=today)
    unsaid = Q(warned_for__isnull=True) | ~Q(warned_for=F("waits_until"))
    untold = Q(told_late_for__isnull=True) | ~Q(told_late_for=F("waits_until"))
    return waiting().filter((soon & unsaid) | (late & untold))


def with_a_source() -> QuerySet[AccessibilityReport]:
    """Reports that still say, unreadably, from where they came, though the day that it serves is over."""
    return AccessibilityReport.objects.filter(created_at__lt=clock.now() - dt.timedelta(days=1)).exclude(
        source=""
    )


@dataclass(frozen=True)
class Numbers:
    """What came in during the last twelve months, and how it was answered."""

    received: int
    in_time: int
    late: int
    waiting: int
    overdue: int


def numbers() -> Numbers:
    """The figures of the public statement, in one query."""
    today = clock.today()
    unanswered = Q(answered_on__isnull=True)
    found = AccessibilityReport.objects.filter(created_at__gt=clock.now() - YEAR).aggregate(
        received=Count("pk"),
        in_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(answered_on__gt=F("due_on"))),
        waiting=Count("pk", filter=unanswered & Q(due_on__gte=today)),
        overdue=Count("pk", filter=unanswered & Q(due_on__lt=today)),
    )
    return Numbers(**found)


def of_person(person: Person) -> QuerySet[AccessibilityReport]:
    """What the person reported, signed in, or without an account and with their address."""
    mine = Q(person=person) | Q(person=None, email__iexact=person.email)
    return AccessibilityReport.objects.filter(mine).prefetch_related("entries")


def made_by(person: Person) -> QuerySet[AccessibilityReport]:
    """What the person reported, signed in: an address that somebody typed proves nothing."""
    return AccessibilityReport.objects.filter(person=person)


@dataclass(frozen=True)
class Duties:
    """What awaits those who answer for accessibility."""

    waiting: int
    first_term: dt.date | None
    declared: bool
    review_by: dt.date | None


def duties(person: Person) -> Duties:
    """Reports to answer with the term that ends first, and by when the statement is to be reviewed; one query."""
    waits = AccessibilityReport.objects.filter(waits_until__isnull=False).order_by()
    count = waits.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    statements = AccessibilityStatement.objects.all()
    waiting, first, declared, reviewed = (
        Person.objects.filter(pk=person.pk)
        .values_list(
            Subquery(count),
            Subquery(waits.order_by("waits_until").values("waits_until")[:1]),
            Exists(statements),
            Subquery(statements.values("reviewed_on")[:1]),
        )
        .get()
    )
    return Duties(waiting or 0, first, declared, reviewed and reviewed + YEAR)


def settled_long_ago(_programme: UUID | None, before: dt.datetime) -> QuerySet[AccessibilityReport]:
    """Reports answered or closed before that instant, on which nothing is awaited."""
    return AccessibilityReport.objects.filter(
        state__in=SETTLED, settled_at__lt=before, waits_until__isnull=True
    )
