"""Words against texts: PostgreSQL's full text in Italian and English, trigrams for what is misspelt."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from vivaio.kit.full_text import Searched

LONGEST, SHORTEST = 100, 2
# How much of the words must be alike for a title to be meant though nothing in it matches: “soccorso istrutorio”.
ALIKE = 0.55
# A word that stands nearly everywhere is in more texts than can be weighed while somebody waits: those are weighed
# whose titles are most alike, then the newest.
RANKED = 200
OPEN, CLOSE = "\x02", "\x03"


def cleaned(typed: str) -> str:
    """What was typed, as far as it can be searched for."""
    return " ".join(typed.replace("\0", " ").split())[:LONGEST]


@contextmanager
def alike_enough() -> Iterator[None]:
    """Inside, titles as much `ALIKE` to the words as that are found, through their index."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        yield


def found(rows: QuerySet[Any], words: str, *, beside: str = "") -> QuerySet[Any]:
    """The rows that speak of the words, the best first, with a `passage` where the words are marked.

    The rows come already narrowed to what the person may see; what is searched of them their model says
    (`SEARCHED`), in whose words the indexes are made too. `beside` names a related row whose name is searched as
    well. To be read inside `alike_enough`.
    """
    searched: Searched = rows.model.SEARCHED
    italian = SearchQuery(words, config="italian", search_type="websearch")
    english = SearchQuery(words, config="english", search_type="websearch")
    vector, either, rank = searched.vector, Q(vector=italian), SearchRank(F("vector"), italian)
    if beside:
        rows = narrowed(rows, words, beside)
        vector = vector + SearchVector(f"{beside}__name", weight="B", config="italian")
    rows = rows.annotate(vector=vector, alike=TrigramWordSimilarity(words, searched.title))
    if searched.translated:
        rows = rows.annotate(vector_en=searched.translated_vector)
        either |= Q(vector_en=english)
        rank = rank + SearchRank(F("vector_en"), english)
    either |= Q(**{f"{searched.title}__trigram_word_similar": words})
    likeliest = rows.filter(either).order_by("-alike", "-created_at", "pk").values("pk")[:RANKED]
    return (
        rows.filter(pk__in=likeliest)
        .annotate(rank=rank + F("alike"), passage=passage(searched, italian, english))
        .order_by("-rank", searched.title, "pk")
    )


def narrowed(rows: QuerySet[Any], words: str, beside: str) -> QuerySet[Any]:
    """The rows that have at least one of the words, themselves or in the row beside.

    Words may stand some here, some there, which no index of one table answers; but these are few, and found by
    the indexes of both.
    """
    related = rows.model._meta.get_field(beside).related_model
    one_of_them = " or ".join(re.findall(r"\w+", words))
    any_word = SearchQuery(one_of_them, config="italian", search_type="websearch")
    own = Q(vector=any_word) | Q(**{f"{rows.model.SEARCHED.title}__trigram_word_similar": words})
    here = rows.model.objects.order_by().annotate(vector=rows.model.SEARCHED.vector).filter(own)
    there = related.objects.order_by().annotate(vector=related.SEARCHED.vector).filter(vector=any_word)
    return rows.filter(Q(pk__in=here.values("pk")) | Q(**{f"{beside}__in": there.values("pk")}))


def passage(searched: Searched, italian: SearchQuery, english: SearchQuery) -> Any:
    """The words around those that were found, in the reader's language where the row has it."""
    if not searched.texts:
        return Value("")
    read_in_english = searched.translated and get_language() == "en"
    pieces = [in_english(name) if read_in_english else Cast(F(name), TextField()) for name in searched.texts]
    space = Value(" ", output_field=TextField())
    return SearchHeadline(
        Concat(*(part for piece in pieces for part in (piece, space)), output_field=TextField()),
        english if read_in_english else italian,
        config="english" if read_in_english else "italian",
        start_sel=OPEN,
        stop_sel=CLOSE,
        max_words=28,
        min_words=14,
        max_fragments=1,
    )


def in_english(name: str) -> Coalesce:
    """The row's text in English, or in Italian where it has none."""
    return Coalesce(
        NullIf(KeyTextTransform(f"{name}_en", "i18n"), Value("")), Cast(F(name), TextField()),
        output_field=TextField(),
    )  # fmt: skip


def marked(passage: str) -> SafeString:
    """The passage as safe HTML, the words found in `<mark>`; Markdown's signs are left out, what is cut shows."""
    plain = re.sub(r"(?m)^\s*-\s+|[#*_`>\[\]]+", "", passage or "").strip()
    if plain.lstrip(OPEN)[:1].islower():
        plain = f"… {plain}"
    if plain and plain[-1] not in ".!?":
        plain += "…"
    return mark_safe(escape(plain).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))
