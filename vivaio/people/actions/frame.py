"""What the writes of people share."""

from collections.abc import Mapping
from typing import Any


def changed_fields(row: Any, values: Mapping[str, Any]) -> list[str]:
    """Set the values on the row; returns the names of those that were different."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
