"""Counts that stand beside each row and cost nothing for the rows that are not read."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` there are, as an annotation: `rows` speak of the outer row through `OuterRef`.

    A join with `Count` multiplies the rows of the whole list before its page is cut out; this counts for the page.
    """
    one = rows.order_by().values(all=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)
