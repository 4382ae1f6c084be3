"""An expression that migrations of before the finder made indexes of; nothing else uses it."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


class TranslatedVector(Func):
    """The other languages' texts of a row, as English words: the values of its JSON, not its keys."""

    function = "jsonb_to_tsvector"
    template = (
        "CASE WHEN length(%(expressions)s::text) <= 200000"
        " THEN %(function)s('english', %(expressions)s, '[\"string\"]') ELSE ''::tsvector END"
    )
    output_field = SearchVectorField()
