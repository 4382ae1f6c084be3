"""What is done to many news items, documents, photos or videos at once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vivaio.kit.rules import Refused
from vivaio.programmes.bulk.acts import CHANGED_SINCE, Act, Asked, register
from vivaio.publishing import actions, queries, rules
from vivaio.publishing.models import Video
from vivaio.publishing.shelves import SHELVES, Shelf
from vivaio.publishing.states import ItemState

INSTANTS = ("published_at", "publish_at")


def stood(row: Any) -> dict[str, str]:
    """How something stood before it was put on line."""
    instants = {name: getattr(row, name, None) for name in INSTANTS}
    return {"state": row.state} | {name: at.isoformat() if at else "" for name, at in instants.items()}


def read(instant: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(instant) if instant else None


class OfShelf(Act):
    """An act on what stands on one shelf."""

    name_of_act = ""
    to = ItemState.PUBLISHED

    def __init__(self, shelf: Shelf):
        self.shelf = shelf
        self.key = f"publishing.{self.name_of_act}.{shelf.key}"  # type: ignore[misc]
        self.nouns = shelf.table.nouns  # type: ignore[misc]
        self.list_key = shelf.table.key  # type: ignore[misc]

    def rows(self, asked: Asked) -> QuerySet[Any]:
        rows = queries.shelf(asked.programme, self.shelf.model)
        return rows.prefetch_related("captions") if self.shelf.model is Video else rows

    def refused(self, asked: Asked) -> Any:
        return asked.once("edit", lambda: rules.edit(asked.programme, asked.person))

    def change(self, asked: Asked, row: Any) -> str:
        states = dict(self.shelf.model._meta.get_field("state").choices)
        return f"{row.get_state_display()} → {states[self.to]}"

    def left_as(self, row: Any) -> dict[str, str]:
        """How the row was left: taking back touches nothing that was changed since."""
        return {"at": row.updated_at.isoformat()}

    def unchanged(self, row: Any, kept: Mapping[str, Any]) -> None:
        if queries.locked(row).updated_at.isoformat() != kept["at"]:
            raise Refused(CHANGED_SINCE)


class Publish(OfShelf):
    name_of_act, label = "publish", _("Put on line")
    note = _("Anyone can see them from now on, if the programme is public.")
    undo_note = _("Each stands again as it stood before; who has read it meanwhile has read it.")

    def why_not(self, asked: Asked, row: Any) -> Any:
        return self.refused(asked) or rules.publish(row, None)

    def run(self, asked: Asked, row: Any) -> Mapping[str, Any]:
        was = stood(queries.locked(row))
        return self.left_as(actions.publish(row, by=asked.person)) | was

    def undo(self, asked: Asked, row: Any, kept: Mapping[str, Any]) -> None:
        self.unchanged(row, kept)
        instants = {name: read(kept[name]) for name in INSTANTS}
        actions.unpublish(row, state=kept["state"], **instants, by=asked.person)


class Withdraw(OfShelf):
    name_of_act, label, to = "withdraw", _("Take off line"), ItemState.WITHDRAWN
    note = _("Their pages, their files and their places in lists and feeds go at once. Nothing is deleted.")
    danger = True

    def why_not(self, asked: Asked, row: Any) -> Any:
        return self.refused(asked) or rules.withdraw(row, None)

    def run(self, asked: Asked, row: Any) -> Mapping[str, Any]:
        return self.left_as(actions.withdraw(row, by=asked.person))

    def undo(self, asked: Asked, row: Any, kept: Mapping[str, Any]) -> None:
        self.unchanged(row, kept)
        actions.publish(row, by=asked.person)


def keys(shelf: Shelf) -> tuple[str, str]:
    """What can be done to many things of the shelf."""
    return f"publishing.publish.{shelf.key}", f"publishing.withdraw.{shelf.key}"


for shelf in SHELVES.values():
    for kind in (Publish, Withdraw):
        register(kind(shelf))
