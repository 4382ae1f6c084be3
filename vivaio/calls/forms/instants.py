"""Instants in years that a database, and every time zone, can tell."""

from typing import Any

from django import forms

from vivaio.kit.forms import in_reach


def guard(form: Any) -> None:
    """Let every instant of the form lie in reach."""
    for field in form.fields.values():
        if isinstance(field, forms.DateTimeField):
            field.validators = [*field.validators, in_reach]
