"""What every stored row has in common."""

import uuid

from django.db import models

from vivaio.kit import clock


class Row(models.Model):
    """A row with a random identifier (nothing can be guessed or counted from it) and its two instants."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
