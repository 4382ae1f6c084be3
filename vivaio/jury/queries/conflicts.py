"""What ties a juror to an applicant: what is recorded, what the records say, what nobody knows yet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.jury.models import Assignment, Clearance, Conflict, Juror, Panel, Recusal, Score
from vivaio.jury.queries.domains import domain_of, houses
from vivaio.jury.queries.panel import BEFORE_THE_JURY
from vivaio.jury.states import AsideState, AssignmentState, ConflictState, JurorState
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import BoardMember, Membership, PastBoardMember, Person, Relation
from vivaio.people.models.person import sort_key
from vivaio.people.states import RelationKind

NAMED = 3  # of those whom nobody knows, in words

Ground = dict[str, str]


def in_play(panel: Panel) -> QuerySet[Application]:
    """Applications that are or may still come before the jury."""
    return panel.call.applications.filter(state__in=BEFORE_THE_JURY).select_related(
        "organisation", "person", "track"
    )


def recorded(panel: Panel) -> QuerySet[Conflict]:
    """Every conflict of the jury with what its page shows."""
    return (
        Conflict.objects.filter(juror__panel=panel)
        .exclude(juror__state__in=(JurorState.REMOVED, JurorState.DECLINED))
        .select_related("juror__person", "application__organisation", "application__person", "decided_by")
        .order_by("application__number", "juror__family_name", "juror__email")
    )


def standing_pairs(panel: Panel) -> set[tuple[UUID, UUID]]:
    """(juror, application) of every conflict that stands."""
    return set(
        Conflict.objects.filter(juror__panel=panel, state=ConflictState.STANDING).values_list(
            "juror_id", "application_id"
        )
    )


def barred_pairs(panel: Panel) -> set[tuple[UUID, UUID]]:
    """(juror, application) of every conflict that stands and of every juror who stepped aside, in one query."""
    aside = Recusal.objects.filter(juror__panel=panel, state=AsideState.STANDING)
    standing = Conflict.objects.filter(juror__panel=panel, state=ConflictState.STANDING)
    pairs = ("juror_id", "application_id")
    return set(standing.values_list(*pairs).union(aside.values_list(*pairs)))


def unknown(panel: Panel) -> QuerySet[Application]:
    """Admitted applications whose applicant's members or board nobody recorded, and that nobody cleared.

    An organisation is known when somebody belongs to it and its board is recorded or declared complete (an
    informal group declares that it has none). A person who applies is known.
    """
    return _unknown(panel.call)


def first_unknown(call: Call) -> list[Application]:
    """The first of them, as many as are named, and one more that says whether there are others."""
    found: list[Application] = _FIRST_UNKNOWN.rows(call=call)
    return found


def _unknown(call: Call) -> QuerySet[Application]:
    members = Membership.objects.filter(organisation=OuterRef("organisation"), ended_at=None)
    board = BoardMember.objects.filter(organisation=OuterRef("organisation"))
    return (
        Application.objects.filter(
            call=call, state=ApplicationState.ADMITTED, organisation__isnull=False, clearance__isnull=True
        )
        .filter(~Exists(members) | (Q(organisation__board_declared_at=None) & ~Exists(board)))
        .annotate(has_members=Exists(members), has_board=Exists(board))
        .select_related("organisation", "track")
        .order_by("number")
    )


_FIRST_UNKNOWN = Statement(lambda call: _unknown(call)[: NAMED + 1])


def sheets_lost(since: dt.datetime, **of: Any) -> QuerySet[Assignment]:
    """The sheets with scores that count no more since an instant, because a conflict stands; `of` which (a filter)."""
    standing = Conflict.objects.filter(
        juror=OuterRef("juror"), application=OuterRef("application"), state=ConflictState.STANDING
    )
    return (
        Assignment.objects.filter(
            Exists(standing),
            Exists(Score.objects.filter(assignment=OuterRef("pk"))),
            state=AssignmentState.RECUSED,
            updated_at__gte=since,
            **of,
        )
        .select_related("juror__person", "application__organisation", "application__person")
        .order_by("application__number", "pk")
    )


def clearances(panel: Panel) -> QuerySet[Clearance]:
    """The decisions to assign applicants nobody knows."""
    return panel.clearances.select_related(
        "application__organisation", "application__person", "decided_by", "panel__call__programme"
    ).order_by("application__number")


def still_counting(ended: str, since: dt.date | None) -> Q:
    """Ties that go on, and those that ended within the window (field `ended`)."""
    return Q() if since is None else Q(**{ended: None}) | Q(**{f"{ended}__gte": since})


def begun_by(began: str, until: dt.date | None) -> Q:
    """Ties that began by that day (field `began`), and those of which nobody knows since when."""
    return Q() if until is None else Q(**{began: None}) | Q(**{f"{began}__lte": until})


@dataclass
class _Applicant:
    """Whom an application stands for: the people on its side (`once`: those of a former board), and the domains they
    write from.
    """

    application: Application
    people: dict[UUID, str] = field(default_factory=dict)
    domains: set[str] = field(default_factory=set)
    once: set[UUID] = field(default_factory=set)


def found(panel: Panel) -> dict[tuple[UUID, UUID], list[Ground]]:
    """What the records say of each (juror, application), in a constant number of queries.

    Sources: relations of the people room, memberships now and before, boards now and before (by account, address or
    the same name; those who sit or sat there are on the applicant's side), who handed the application in, another
    organisation in common, and the domain of the addresses, or one under the other. Ties that
    ended before the jury's window (`Panel.ties_since`), relations and memberships that began once scoring had closed
    (`Panel.ties_until`) are left out.
    """
    jurors = list(
        panel.jurors.filter(state__in=(JurorState.INVITED, JurorState.ACCEPTED)).select_related("person")
    )
    applications = list(in_play(panel))
    if not jurors or not applications:
        return {}
    return _Search(jurors, applications, panel.ties_since, panel.ties_until).ties()


Mark = tuple[str, Any]
NOTHING: set[Mark] = {
    (kind, empty) for kind in ("person", "organisation", "address", "name") for empty in (None, "")
}


class _Search:
    """The records of one jury, read once: ties that go on or ended on `since` or later, and began by `until`."""

    def __init__(
        self,
        jurors: list[Juror],
        applications: list[Application],
        since: dt.date | None,
        until: dt.date | None = None,
    ):
        self.jurors, self.applications = jurors, applications
        organisations = {a.organisation_id for a in applications if a.organisation_id}
        inside = Membership.objects.filter(organisation__in=organisations).values("person")
        judging = {juror.person_id for juror in jurors if juror.person_id}
        self.boards: dict[UUID, list[BoardMember]] = defaultdict(list)
        for seat in BoardMember.objects.filter(organisation__in=organisations).select_related("person"):
            self.boards[seat.organisation_id].append(seat)
        self.past_boards: dict[UUID, list[PastBoardMember]] = defaultdict(list)
        for past in PastBoardMember.objects.filter(
            still_counting("ended_on", since), organisation__in=organisations
        ).select_related("person"):
            self.past_boards[past.organisation_id].append(past)
        seated = {seat.person_id for board in self.boards.values() for seat in board if seat.person_id}
        seated |= {past.person_id for board in self.past_boards.values() for past in board if past.person_id}
        self.memberships: dict[UUID, list[Membership]] = defaultdict(list)
        self.belongs: dict[UUID, list[Membership]] = defaultdict(list)
        for membership in Membership.objects.filter(
            Q(person__in=inside) | Q(person__in=judging | seated),
            still_counting("ended_at__date", since),
            begun_by("created_at__date", until),
        ).select_related("person", "organisation"):
            self.memberships[membership.organisation_id].append(membership)
            self.belongs[membership.person_id].append(membership)
        self.relations: dict[UUID, list[Relation]] = defaultdict(list)
        for relation in Relation.objects.filter(
            Q(person__in=judging) | Q(other_person__in=judging),
            still_counting("until", since),
            begun_by("since", until),
        ).select_related("person", "other_person", "organisation"):
            for end in (relation.person_id, relation.other_person_id):
                if end is not None and end in judging:
                    self.relations[end].append(relation)

    def ties(self) -> dict[tuple[UUID, UUID], list[Ground]]:
        """Only pairs that share a mark are looked at: of 200,000 there are few."""
        known: dict[Mark, set[UUID]] = defaultdict(set)
        for juror in self.jurors:
            for mark in self._marks_of_juror(juror):
                known[mark].add(juror.pk)
        result = {}
        for applicant in map(self._applicant, self.applications):
            near = set().union(*(known[mark] for mark in self._marks(applicant) & known.keys()))
            for juror in [juror for juror in self.jurors if juror.pk in near] if near else ():
                grounds = list(_once(self._grounds(juror, applicant)))
                if grounds:
                    result[juror.pk, applicant.application.pk] = grounds
        return result

    def _marks_of_juror(self, juror: Juror) -> set[Mark]:
        """What a tie of this juror's can hang on: themselves, whom they know, addresses, name, organisations."""
        person, addresses = juror.person, _addresses(juror)
        marks: set[Mark] = {("address", address) for address in addresses}
        marks.add(("name", _name_key(juror)))
        for domain in map(domain_of, addresses):
            marks |= {("domain", domain)} | {("house", house) for house in houses(domain)}
        if person:
            marks.add(("person", person.pk))
            marks |= {("shared", one.organisation_id) for one in self.belongs[person.pk]}
            for relation in self.relations[person.pk]:
                marks.add(("organisation", relation.organisation_id))
                marks |= {("person", relation.person_id), ("person", relation.other_person_id)}
        return marks

    def _marks(self, applicant: _Applicant) -> set[Mark]:
        """The same of an applicant, so that whoever is tied shares at least one."""
        application, organisation = applicant.application, applicant.application.organisation_id
        people = {
            *applicant.people,
            application.person_id,
            application.created_by_id,
            application.submitted_by_id,
        }
        marks: set[Mark] = {("person", pk) for pk in people} | {("organisation", organisation)}
        for domain in applicant.domains:
            marks |= {("house", domain)} | {("domain", house) for house in houses(domain)}
        for seat in (*self.boards[organisation], *self.past_boards[organisation]) if organisation else ():
            marks |= {("address", seat.email.lower()), ("name", sort_key(seat.family_name, seat.given_name))}
        if application.person:
            marks.add(("address", application.person.email.lower()))
        for colleague in applicant.people:
            marks |= {("shared", one.organisation_id) for one in self.belongs[colleague]}
        return marks - NOTHING

    def _applicant(self, application: Application) -> _Applicant:
        applicant = _Applicant(application)
        if application.person:
            applicant.people[application.person.pk] = str(application.person)
            applicant.domains = {domain_of(application.person.email)} - {""}
            return applicant
        organisation = application.organisation
        assert organisation is not None  # noqa: S101  (a constraint of the table)
        addresses = []
        for membership in self.memberships[organisation.pk]:
            applicant.people[membership.person_id] = str(membership.person)
            addresses.append(membership.person.email)
        for seat in self.boards[organisation.pk]:
            addresses.append(seat.email)
            if seat.person_id:
                applicant.people[seat.person_id] = str(seat)
        for past in self.past_boards[organisation.pk]:
            addresses.append(past.email)
            if past.person_id and past.person_id not in applicant.people:
                applicant.people[past.person_id] = str(past)
                applicant.once.add(past.person_id)
        host = (urlsplit(organisation.website).hostname or "").removeprefix("www.")
        applicant.domains = {domain_of(address) for address in [*addresses, f"@{host}"]} - {""}
        return applicant

    def _grounds(self, juror: Juror, applicant: _Applicant) -> Iterable[Ground]:
        application, person = applicant.application, juror.person
        addresses = _addresses(juror)
        own = application.person.email.lower() if application.person else ""
        if application.person and (person == application.person or own in addresses):
            yield {"ground": "applicant"}
        if person and person.pk in (application.created_by_id, application.submitted_by_id):
            yield {"ground": "handed_in"}
        if application.organisation_id:
            yield from self._in_organisation(juror, applicant)
        yield from _by_domain({domain_of(address) for address in addresses} - {""}, applicant.domains)
        if person:
            yield from self._by_relation(person, applicant)
            yield from self._in_common(person, applicant)

    def _in_organisation(self, juror: Juror, applicant: _Applicant) -> Iterable[Ground]:
        organisation, person = applicant.application.organisation, juror.person
        assert organisation is not None  # noqa: S101
        for membership in self.memberships[organisation.pk]:
            if person and membership.person_id == person.pk:
                yield {
                    "ground": "past_member" if membership.ended_at else "member",
                    "organisation": organisation.name,
                }
        addresses, key = _addresses(juror), _name_key(juror)
        for seat in self.boards[organisation.pk]:
            words = {"organisation": organisation.name, "part": seat.part}
            if (person and seat.person_id == person.pk) or seat.email.lower() in addresses:
                yield {"ground": "board", **words}
            elif key and sort_key(seat.family_name, seat.given_name) == key:
                yield {"ground": "board_name", "name": str(seat), **words}
        for past in self.past_boards[organisation.pk]:
            words = {"organisation": organisation.name, "part": past.part}
            if person and past.person_id == person.pk:
                continue  # their own relation tells it
            if past.email.lower() in addresses:
                yield {"ground": "past_board", **words}
            elif key and sort_key(past.family_name, past.given_name) == key:
                yield {"ground": "past_board_name", "name": str(past), **words}

    def _by_relation(self, person: Person, applicant: _Applicant) -> Iterable[Ground]:
        organisation = applicant.application.organisation
        for relation in self.relations[person.pk]:
            past = bool(relation.until and relation.until < clock.today())
            words = {"kind": relation.kind, "when": "past" if past else "now"}
            if organisation and relation.organisation_id == organisation.pk:
                told = relation.kind in (RelationKind.MEMBERSHIP, RelationKind.BOARD) and relation.origin
                if not told:  # memberships and boards are read at their source, with more to say
                    yield {"ground": "relation", "with": organisation.name, **words}
            other = relation.other_person_id if relation.person_id == person.pk else relation.person_id
            if other in applicant.people:
                side = {"side": "past"} if other in applicant.once else {}
                yield {"ground": "relation", "with": applicant.people[other], **words, **side}

    def _in_common(self, person: Person, applicant: _Applicant) -> Iterable[Ground]:
        own = applicant.application.organisation_id
        mine = _by_organisation(self.belongs[person.pk])
        for colleague, name in applicant.people.items():
            if colleague == person.pk:
                continue
            for shared, theirs in _by_organisation(self.belongs[colleague]).items():
                if shared == own or shared not in mine:
                    continue
                past = bool(theirs.ended_at or mine[shared].ended_at)
                ground = "past_in_common" if past else "in_common"
                side = {"side": "past"} if colleague in applicant.once else {}
                yield {"ground": ground, "name": name, "organisation": theirs.organisation.name, **side}


def _by_domain(own: set[str], theirs: set[str]) -> Iterable[Ground]:
    """The same domain, or one of the two under the other, label by label."""
    for domain in sorted(own & theirs):
        yield {"ground": "domain", "domain": domain}
    for domain in sorted(own):
        for other in sorted(theirs - {domain}):
            if domain in houses(other) or other in houses(domain):
                yield {"ground": "domain_under", "domain": domain, "other": other}


def _by_organisation(memberships: Iterable[Membership]) -> dict[UUID, Membership]:
    """One membership for each organisation: the one that goes on, where one does."""
    return {one.organisation_id: one for one in sorted(memberships, key=lambda one: one.ended_at is None)}


def _addresses(juror: Juror) -> set[str]:
    return {juror.email.lower(), juror.person.email.lower() if juror.person else ""} - {""}


def _name_key(juror: Juror) -> str:
    named = juror.person if juror.person and juror.person.family_name else juror
    if not (named.family_name and named.given_name):
        return ""
    return sort_key(named.family_name, named.given_name)


def _once(grounds: Iterable[Ground]) -> Iterable[Ground]:
    seen = set()
    for ground in grounds:
        key = tuple(sorted(ground.items()))
        if key not in seen:
            seen.add(key)
            yield ground
