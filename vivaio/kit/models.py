"""What every stored row has in common."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState

from vivaio.kit import clock


class Row(models.Model):
    """A row with a random identifier (nothing can be guessed or counted from it) and its two instants."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """A row as it was read: what was read of it stands in it, the rest is read when it is asked for.

        Django's own way makes it as if it were new: it goes through every field of the model, for some hundreds of
        rows a page, and tells whoever waits for its making; nobody does (a test says so). A model that is made in a
        way of its own, as those with translations are, is left to it.
        """
        if more or cls.__init__ is not models.Model.__init__:
            return super().from_db(db, field_names, values, **more)
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        return row
