"""What of a room's texts is searched, and how the database finds it: in Italian, in English, and though misspelt.

A model says so once, as `SEARCHED`; its indexes and the search's queries are made of the same expressions, because
the database uses an index only for the very expression that it was made of.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models import F, Func
from django.db.models.functions import Left

# In signs. PostgreSQL takes a megabyte of words at most, and would refuse to keep a row that has more.
LONGEST_TEXT = 100_000


class TranslatedVector(Func):
    """The other languages' texts of a row, as English words: the values of its JSON, not its keys."""

    function = "jsonb_to_tsvector"
    template = (
        "CASE WHEN length(%(expressions)s::text) <= 200000"
        " THEN %(function)s('english', %(expressions)s, '[\"string\"]') ELSE ''::tsvector END"
    )
    output_field = SearchVectorField()


@dataclass(frozen=True)
class Searched:
    """What is searched of a model: its `title`, its `texts`, which are quoted too, and `also`, which is not.

    With `translated` the row has texts in other languages, in `i18n`.
    """

    title: str
    texts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    translated: bool = False

    @property
    def vector(self) -> Any:
        """The Italian words: the title's count more."""
        vector: Any = SearchVector(self.title, weight="A", config="italian")
        rest = [Left(F(name), LONGEST_TEXT) for name in (*self.texts, *self.also)]
        return vector + SearchVector(*rest, weight="B", config="italian") if rest else vector

    @property
    def translated_vector(self) -> TranslatedVector:
        """The words of the other languages."""
        return TranslatedVector(F("i18n"))

    def indexes(self, name: str) -> list[GinIndex]:
        """The indexes that the search needs on the model; `name` begins theirs."""
        found = [
            GinIndex(self.vector, name=f"{name}_words"),
            GinIndex(fields=[self.title], opclasses=["gin_trgm_ops"], name=f"{name}_alike"),
        ]
        if self.translated:
            found.append(GinIndex(self.translated_vector, name=f"{name}_words_en"))
        return found
