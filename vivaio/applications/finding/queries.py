"""Which applications say what was asked for, and where they say it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, JSONField, Q, QuerySet, TextField, Value

from vivaio.applications.models import Application, Extract
from vivaio.applications.models.extract import ENGLISH, ITALIAN, PLAIN
from vivaio.people.models import Organisation

OPEN, CLOSE = "\x02", "\x03"
SHORTEST_ALIKE, SHORTEST_BEGINNING = 4, 3
LARGEST_NUMBER = 2**31 - 1


class Headline(Func):
    """Each text of the row with the words found marked; of a long one, what stands around them."""

    function = "ts_headline"
    template = "%(function)s('%(config)s'::regconfig, %(expressions)s)"
    output_field = JSONField()


def behind() -> QuerySet[Application]:
    """What was handed in and has no extract of the answers that count."""
    return Application.objects.filter(frozen__isnull=False, emptied_at=None).exclude(
        extract__digest=F("digest")
    )


def said(word: str, *, last: bool) -> SearchQuery:
    """One word, as Italian or English bend it or as it stands; the last one may be the beginning of a word."""
    plain = SearchQuery(word, config=PLAIN, search_type="plain")
    if last and len(word) >= SHORTEST_BEGINNING and not word.isdigit():
        quoted = re.sub(r"['\\]", " ", word).strip()
        plain = SearchQuery(f"'{quoted}':*", config=PLAIN, search_type="raw") if quoted else plain
    return (
        SearchQuery(word, config=ITALIAN, search_type="plain")
        | SearchQuery(word, config=ENGLISH, search_type="plain")
        | plain
    )


def saying(rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """The applications that have every word: in an answer, the title, the number or the applicant's name."""
    for at, word in enumerate(words, start=1):
        found = Extract.objects.filter(words=said(word, last=at == len(words)))
        condition = Q(pk__in=found.values("application_id"))
        condition |= Q(person__family_name__unaccent__icontains=word)
        condition |= Q(person__given_name__unaccent__icontains=word)
        if len(word) >= SHORTEST_ALIKE:
            alike = Organisation.objects.order_by().filter(name__trigram_word_similar=word)
            condition |= Q(organisation__in=alike.values("pk"))
        if word.isascii() and word.isdigit() and int(word) <= LARGEST_NUMBER:
            condition |= Q(number=int(word))
        rows = rows.filter(condition)
    return rows


def passages(ids: Iterable[UUID], words: Sequence[str]) -> dict[UUID, dict[str, str]]:
    """By application, the answers that have one of the words, these between `OPEN` and `CLOSE`."""
    options = Value(
        f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxWords=24, MinWords=10, MaxFragments=1',
        output_field=TextField(),
    )
    if not words:
        return {}
    bent = stands = None
    for at, word in enumerate(words, start=1):
        one = SearchQuery(word, config=ITALIAN, search_type="plain") | SearchQuery(
            word, config=ENGLISH, search_type="plain"
        )
        plain = said(word, last=at == len(words))
        bent = one if bent is None else bent | one
        stands = plain if stands is None else stands | plain
    rows = Extract.objects.filter(application__in=list(ids)).values_list(
        "application_id",
        Headline(F("texts"), stands, options, config=PLAIN),
        Headline(F("texts"), bent, options, config=ITALIAN),
    )
    return {pk: _marked(first) or _marked(second) for pk, first, second in rows}


def _marked(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if OPEN in text}
