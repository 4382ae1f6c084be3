"""Statements that are built once in a process and answered many times.

To put a statement together out of querysets takes longer than the database takes to answer it: half the time of a
page of a list went there. A `Statement` is made of a function that builds a queryset; the function runs once for each
shape of what it is given, with stand-ins, and what it wrote is kept. Afterwards the real values take the places of
their stand-ins.

    BADGES = Statement(lambda person, call: Badge.objects.filter(holder=person, call=call))
    BADGES.rows(person=request.user, call=call)

Given are rows of models, of which the function reads the key alone and the fields named in `reads` (their values
belong to the shape), ids, instants and texts. Whatever is named in `fixed` belongs to the shape as it is.

Nothing of one person can stay behind for another: a row that stands in knows no other field, and a statement into
which an id or an instant came on another way than through a stand-in is refused (`NotKept`). See
docs/adr/0013-built-once.md.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet, ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.transaction import TransactionManagementError
from django.http import Http404
from django.utils.translation import get_language
from psycopg.types.json import Jsonb

Change = Callable[[QuerySet[Any]], QuerySet[Any]]
MOST_SHAPES = 400
PLAIN = (str, int, float, bool, bytes, type(None))
_STEPS = count(1)


class NotKept(Exception):
    """A statement that holds something of the one person, or the one moment, for which it was built."""


class Written(SQLCompiler):
    """Answers with what was written before."""

    written: tuple[str, tuple[Any, ...]]

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        return self.written


@dataclass(frozen=True)
class Shape:
    """One statement as it was written: where the places are, and how its rows are read."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler | None  # None where nothing can be found, so that nothing is asked
    sql: str
    params: tuple[Any, ...]
    places: Mapping[int, str]
    locks: bool

    def rows(self, given: Mapping[str, Any], tail: str = "") -> list[Any]:
        if self.compiler is None:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        if self.locks and connection.get_autocommit():
            raise TransactionManagementError("A statement that locks its rows stands in a transaction.")
        compiler = Written.__new__(Written)
        compiler.__dict__.update(self.compiler.__dict__, connection=connection)
        compiler.written = (self.sql + tail, self.filled(given))
        found = list(self.queryset._iterable_class(_Asked(self.queryset, compiler)))
        if self.queryset._prefetch_related_lookups:
            prefetch_related_objects(found, *self.queryset._prefetch_related_lookups)
        return found

    def filled(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = given[name]
        return tuple(params)


class _Asked:
    """What Django's own readers of rows want to know of a queryset, its query being written already."""

    def __init__(self, queryset: QuerySet[Any], compiler: SQLCompiler):
        self.db, self.model, self._fields = DEFAULT_DB_ALIAS, queryset.model, queryset._fields
        self._known_related_objects: dict[Any, Any] = {}
        self.query = _Query(queryset.query, compiler)


class _Query:
    def __init__(self, query: Any, compiler: SQLCompiler):
        self._query, self._compiler = query, compiler

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Statement:
    """A queryset that is built once for each shape of what it is given."""

    def __init__(
        self,
        build: Callable[..., QuerySet[Any]],
        *,
        reads: Mapping[str, Sequence[str]] | None = None,
        fixed: Collection[str] = (),
    ):
        self.build, self.reads, self.fixed = build, reads or {}, frozenset(fixed)
        self._shapes: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def rows(self, **given: Any) -> list[Any]:
        """All rows."""
        return self._shape(given).rows(self._values(given))

    def first(self, **given: Any) -> Any | None:
        """The first row, if there is one."""
        found = self._shape(given, key="first", change=_the_first).rows(self._values(given))
        return found[0] if found else None

    def one(self, **given: Any) -> Any:
        """The one row there is, or `DoesNotExist` of its model."""
        found = self._shape(given).rows(self._values(given))
        if not found:
            raise self._shape(given).queryset.model.DoesNotExist
        return found[0]

    def one_or_404(self, **given: Any) -> Any:
        """The one row there is; a page without it is not there."""
        try:
            return self.one(**given)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing

    def of(self, **given: Any) -> "Source":
        """The rows for these, to be narrowed and ordered by a list."""
        return Source(self, given)

    # What it is made of

    def changed(
        self, given: Mapping[str, Any], key: Hashable, change: Change, said: Collection[str]
    ) -> Shape:
        """The statement after `change`, which is known by `key`. Ids that were `said` may stand in it."""
        return self._shape(given, key=key, change=change, said=said)

    def counted(self, given: Mapping[str, Any], key: Hashable, change: Change, said: Collection[str]) -> int:
        """How many rows are left after `change`."""
        sql, params, places = self._keep((key, "count"), given, lambda: self._count(given, change, said))
        if not sql:
            return 0
        filled, values = list(params), self._values(given)
        for place, name in places.items():
            filled[place] = values[name]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, filled)
            return int(cursor.fetchone()[0])

    def _values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value.pk if isinstance(value, Model) else value for name, value in given.items()}

    def _shape(
        self,
        given: Mapping[str, Any],
        *,
        key: Hashable = "",
        change: Change | None = None,
        said: Collection[str] = (),
    ) -> Shape:
        shape: Shape = self._keep(key, given, lambda: self._write(given, change, said))
        return shape

    def _keep(self, key: Hashable, given: Mapping[str, Any], write: Callable[[], Any]) -> Any:
        whole = (key, get_language(), *(self._part(name, value) for name, value in given.items()))
        kept = self._shapes.get(whole)
        if kept is None:
            try:
                kept = write()
            except NotKept as refused:
                kept = refused
            with self._lock:
                self._shapes[whole] = kept
                while len(self._shapes) > MOST_SHAPES:
                    self._shapes.popitem(last=False)
        if isinstance(kept, NotKept):
            raise kept
        return kept

    def _part(self, name: str, value: Any) -> Hashable:
        if name in self.fixed:
            return (name, value)
        if isinstance(value, Model):
            reads = (getattr(value, read) for read in self.reads.get(name, ()))
            return (
                name,
                value.__class__,
                type(value.pk),
                *reads,
            )  # a deleted row has no key, and is refused alone
        return (name, type(value))

    def _stand_in(self, name: str, value: Any) -> tuple[Any, Any]:
        """What the function is given instead, and how that reads in the statement."""
        if isinstance(value, Model):
            reads, pk = self.reads.get(name, ()), self._stand_in(name, value.pk)[0]
            known = {value._meta.pk.attname: pk} | {read: getattr(value, read) for read in reads}  # type: ignore[union-attr]
            names = [field.attname for field in value._meta.concrete_fields if field.attname in known]
            return value.__class__.from_db(DEFAULT_DB_ALIAS, names, [known[name] for name in names]), pk
        if isinstance(value, UUID):
            made: Any = uuid4()
        elif isinstance(value, dt.datetime):
            made = dt.datetime(1900, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=next(_STEPS))
        elif isinstance(value, str):
            made = f"stand-in-{next(_STEPS)}"
        else:
            raise NotKept(f"{name} is a {type(value).__name__}, of which no stand-in is known")
        return made, made

    def _built(self, given: Mapping[str, Any], change: Change | None) -> tuple[QuerySet[Any], dict[Any, str]]:
        arguments, stand_ins = {}, {}
        for name, value in given.items():
            if name in self.fixed or value is None:
                arguments[name] = value
            else:
                arguments[name], told = self._stand_in(name, value)
                stand_ins[told] = name
        queryset = self.build(**arguments)
        return (change(queryset) if change else queryset), stand_ins

    def _write(self, given: Mapping[str, Any], change: Change | None, said: Collection[str]) -> Shape:
        queryset, stand_ins = self._built(given, change)
        if queryset._known_related_objects:
            raise NotKept("the rows of one object's relation: filter by its key instead")
        for lookup in queryset._prefetch_related_lookups:
            if isinstance(lookup, Prefetch) and lookup.queryset is not None:
                _places(_written(lookup.queryset)[2], {}, ())
        compiler, sql, params = _written(queryset)
        locks = bool(queryset.query.select_for_update)
        return Shape(queryset, compiler, sql, params, _places(params, stand_ins, said), locks)

    def _count(
        self, given: Mapping[str, Any], change: Change, said: Collection[str]
    ) -> tuple[str, tuple[Any, ...], Mapping[int, str]]:
        queryset, stand_ins = self._built(given, change)
        rows = queryset.order_by()
        if queryset._fields is None:
            rows = rows.select_related(None).values("pk")
        compiler, sql, params = _written(rows)
        if compiler is None:
            return "", (), {}
        around = f"SELECT COUNT(*) FROM ({sql}) AS counted"  # noqa: S608 - of a statement that Django wrote
        return around, params, _places(params, stand_ins, said)


class Source:
    """The rows of a statement for somebody: what a list is made of."""

    def __init__(self, statement: Statement, given: Mapping[str, Any]):
        self.statement, self.given = statement, given

    def queryset(self) -> QuerySet[Any]:
        """The same rows as a queryset, built anew."""
        return self.statement.build(**self.given)


class Cut:
    """Rows of a source as a list pages through them: how many there are, and a slice of them."""

    ordered = True

    def __init__(self, source: Source, key: Hashable, change: Change, said: Collection[str] = ()):
        self.source, self.key, self.change, self.said = source, key, change, said

    @property
    def stands(self) -> bool:
        """Whether the statement can be kept; raises `NotKept` where not."""
        self.source.statement.changed(self.source.given, self.key, self.change, self.said)
        return True

    def count(self) -> int:
        return self.source.statement.counted(self.source.given, self.key, self.change, self.said)

    def __iter__(self) -> Iterator[Any]:
        return iter(self[0:None])

    def __getitem__(self, part: slice) -> list[Any]:
        statement, given = self.source.statement, self.source.given
        shape = statement.changed(given, self.key, self.change, self.said)
        begins, ends = int(part.start or 0), part.stop
        tail = f" LIMIT {int(ends) - begins}" if ends is not None else ""
        return shape.rows(statement._values(given), f"{tail} OFFSET {begins}" if begins else tail)


def _the_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    return (rows if rows.ordered else rows.order_by("pk"))[:1]


def _written(queryset: QuerySet[Any]) -> tuple[SQLCompiler | None, str, tuple[Any, ...]]:
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None, "", ()
    return compiler, sql, tuple(params)


def _places(params: Sequence[Any], stand_ins: Mapping[Any, str], said: Collection[str]) -> dict[int, str]:
    """Which parameter stands for what. Raises `NotKept` for one that is no constant of the program."""
    places = {}
    for place, param in enumerate(params):
        if isinstance(param, (UUID, dt.datetime, str)) and param in stand_ins:
            places[place] = stand_ins[param]
        elif isinstance(param, UUID) and str(param) in said:
            continue
        elif not _is_plain(param) or any(str(one) in text for text in _texts(param) for one in stand_ins):
            raise NotKept(f"a {type(param).__name__} got into the statement that was not given as it is")
    return places


def _is_plain(param: Any) -> bool:
    if isinstance(param, Jsonb):
        return _is_plain(param.obj)
    if isinstance(param, dict):
        return all(_is_plain(each) for each in (*param, *param.values()))
    if isinstance(param, (list, tuple)):
        return all(_is_plain(each) for each in param)
    return isinstance(param, PLAIN)


def _texts(param: Any) -> Iterator[str]:
    """The texts in a parameter, however deep."""
    if isinstance(param, Jsonb):
        yield from _texts(param.obj)
    elif isinstance(param, dict):
        yield from _texts([*param, *param.values()])
    elif isinstance(param, (list, tuple)):
        for each in param:
            yield from _texts(each)
    elif isinstance(param, str):
        yield param
