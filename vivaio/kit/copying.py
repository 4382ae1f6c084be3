"""A new row like another one: every column of it, but for those that are left or said anew.

A column that is added to a model later is copied too, without anybody having to think of it.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models

Model = TypeVar("Model", bound=models.Model)
OWN = {"id", "created_at", "updated_at"}


def copy_of(row: Model, *, leave: Collection[str] = (), **anew: Any) -> Model:
    """An unsaved row like `row`; what is left, and what can stand once only, has its default."""
    made = type(row)()
    for column in row._meta.concrete_fields:
        if column.name in OWN or column.name in leave or column.name in anew or column.unique:
            continue
        setattr(made, column.attname, getattr(row, column.attname))
    for name, value in anew.items():
        setattr(made, name, value)
    return made
