"""Words against texts: PostgreSQL's full text in Italian and English, trigrams for what is misspelt."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
    TrigramWordSimilarity,
)
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

LONGEST, SHORTEST = 100, 2
# How much of the words must be alike for a title to be meant though nothing in it matches: “soccorso istrutorio”.
ALIKE = 0.55
OPEN, CLOSE = "\x02", "\x03"


class TranslatedVector(Func):
    """The other languages' texts of a row, as English words: the values of its JSON, not its keys."""

    function = "jsonb_to_tsvector"
    template = "%(function)s('english', coalesce(%(expressions)s, '{}'::jsonb), '[\"string\"]')"
    output_field = SearchVectorField()


def cleaned(typed: str) -> str:
    """What was typed, as far as it can be searched for."""
    return " ".join(typed.replace("\0", " ").split())[:LONGEST]


def found(
    rows: QuerySet[Any],
    words: str,
    *,
    title: str,
    texts: Sequence[str],
    translated: bool,
    also: Sequence[str] = (),
) -> QuerySet[Any]:
    """The rows that speak of the words, the best first, with a `passage` where the words are marked.

    The rows come already narrowed to what the person may see. `texts` are searched and quoted, `also` searched
    alone; with `translated` the row has texts in other languages too, and is quoted in the reader's.
    """
    italian = SearchQuery(words, config="italian", search_type="websearch")
    english = SearchQuery(words, config="english", search_type="websearch")
    vector: Any = SearchVector(title, weight="A", config="italian") + SearchVector(
        *texts, *also, weight="B", config="italian"
    )
    either = Q(vector=italian)
    rank: Any = SearchRank(F("vector"), italian)
    rows = rows.annotate(vector=vector, alike=TrigramWordSimilarity(words, title))
    if translated:
        rows = rows.annotate(vector_en=TranslatedVector(F("i18n")))
        either |= Q(vector_en=english)
        rank = rank + SearchRank(F("vector_en"), english)
    read_in_english = translated and get_language() == "en"
    pieces = [in_english(name) if read_in_english else Cast(F(name), TextField()) for name in texts]
    space = Value(" ", output_field=TextField())
    passage = SearchHeadline(
        Concat(*(part for piece in pieces for part in (piece, space)), output_field=TextField()),
        english if read_in_english else italian,
        config="english" if read_in_english else "italian",
        start_sel=OPEN,
        stop_sel=CLOSE,
        max_words=28,
        min_words=14,
        max_fragments=1,
    )
    return (
        rows.filter(either | Q(alike__gte=ALIKE))
        .annotate(rank=rank + F("alike"), passage=passage)
        .order_by("-rank", title, "pk")
    )


def in_english(name: str) -> Coalesce:
    """The row's text in English, or in Italian where it has none."""
    return Coalesce(
        NullIf(KeyTextTransform(f"{name}_en", "i18n"), Value("")), Cast(F(name), TextField()),
        output_field=TextField(),
    )  # fmt: skip


def marked(passage: str) -> SafeString:
    """The passage as safe HTML, the words found in `<mark>`; Markdown's signs are left out."""
    plain = re.sub(r"[#*_`>\[\]]+", "", passage or "")
    return mark_safe(escape(plain).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))
