"""What the bank tells the needs analysis: its fields, what its checked experts have free in each, what is asked."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from vivaio.experts.models import Competence, ExpertField
from vivaio.experts.queries import bank, cover
from vivaio.initiatives.analysing import offers
from vivaio.initiatives.analysing.offers import Offer
from vivaio.programmes.models import Programme


@offers.name
def fields(programme: Programme) -> dict[str, tuple[Any, bool]]:
    """The bank's own fields, and whether they are still offered."""
    rows = ExpertField.objects.filter(programme=programme)
    return {one.key: (one.title_i18n, one.retired_at is None) for one in rows}


class Counting:
    """What of the bank stands in one field, or in one competence: an expert or a request counts once in each."""

    def __init__(self) -> None:
        self.free = self.experts = self.shared = self.asked = self.requests = 0

    def told(self, title: Any, programme: Programme, parts: tuple[Offer, ...] = (), **narrow: UUID) -> Offer:
        """The same, with the ways to these experts and to one more."""
        listed = urlencode({"state": "checked", **narrow})
        return Offer(
            self.free, self.experts, self.shared, self.asked, self.requests, title,
            f"{reverse('experts:bank', args=[programme.slug])}?{listed}",
            f"{reverse('experts:invite', args=[programme.slug])}?{urlencode(narrow)}", parts,
        )  # fmt: skip


def counted(programme: Programme, field_of: dict[UUID, UUID]) -> dict[UUID, Counting]:
    """By field and by competence, experts with their free hours and what open requests still ask for."""
    found: dict[UUID, Counting] = defaultdict(Counting)
    for free, own in cover.experts(programme):
        fields_known = {field_of[one] for one in own if one in field_of}
        for key in (*fields_known, *own):
            found[key].experts += 1
            found[key].free += max(0, free)
            found[key].shared += len(fields_known) > 1
    for request in cover.asking(programme):
        hours = request.monthly_hours * max(0, request.places - request.promised)
        if hours:
            for key in {*request.wanted, *(field_of[one] for one in request.wanted if one in field_of)}:
                found[key].asked += hours
                found[key].requests += 1
    return found


@offers.tell
def hours(programme: Programme) -> dict[str, Offer]:
    """By field, and in it by competence, the hours a month that are free and those that are asked for."""
    competences = list(bank.competences(programme))
    found = counted(programme, {one.pk: one.field_id for one in competences})
    parts: dict[UUID, list[Competence]] = defaultdict(list)
    for one in competences:
        if one.retired_at is None or one.pk in found:  # what is retired is told as long as somebody has it
            parts[one.field_id].append(one)
    return {
        row.key: found[row.pk].told(
            row.title_i18n,
            programme,
            tuple(found[one.pk].told(one.title_i18n, programme, competence=one.pk) for one in parts[row.pk]),
            field=row.pk,
        )
        for row in ExpertField.objects.filter(programme=programme)
    }
