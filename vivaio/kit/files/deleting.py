"""A stored file goes once its row is gone for good: at worst a file is left over, never a row without its file."""

from functools import partial
from typing import Any

from django.db import transaction


def delete_later(stored: Any) -> None:
    """Delete the file of a row when the transaction commits."""
    if stored:
        transaction.on_commit(partial(stored.storage.delete, stored.name), robust=True)
