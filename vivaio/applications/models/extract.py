"""What a handed-in application says, laid out so that lists find it."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from vivaio.applications.models.application import Application
from vivaio.kit.models import Row

# Words as Italian and as English bend them, and as they stand; all without accents (made by migration 0010).
ITALIAN, ENGLISH, PLAIN = "vivaio_italian", "vivaio_english", "vivaio_plain"

APPLICANT = ""
"""Where `texts` has the name of the organisation that applies: no question is called so."""


class Words(Func):
    """The words of all texts of a row, in one configuration."""

    function = "jsonb_to_tsvector"
    template = "%(function)s('%(config)s'::regconfig, %(expressions)s, '[\"string\"]'::jsonb)"
    output_field = SearchVectorField()


class Joined(Func):
    """Vectors of words as one."""

    arg_joiner = " || "
    template = "%(expressions)s"
    output_field = SearchVectorField()


def all_words() -> Any:
    return Joined(*(Words(F("texts"), config=config) for config in (ITALIAN, ENGLISH, PLAIN)))


class Extract(Row):
    """The answers that count, as they are compared (`answers`) and as they are found (`texts`), by question.

    Written by the actions that freeze answers and gone with the answers; `digest` is that of what it was made of.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="extract")
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    words = models.GeneratedField(
        expression=all_words(), output_field=SearchVectorField(), db_persist=True, editable=False
    )

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="extract_words"),
            GinIndex(fields=["answers"], name="extract_answers", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def programme_id(self):
        return self.application.programme_id
