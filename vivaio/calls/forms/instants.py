"""Instants in years that a database, and every time zone, can tell."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vivaio.kit.reconcile import FIRST_YEAR, LAST_YEAR


def in_reach(value: dt.datetime) -> None:
    """Raise `ValidationError` for a year in which no call runs."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Check the year: it lies between %(first)s and %(last)s."),
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


def guard(form: Any) -> None:
    """Let every instant of the form lie in reach."""
    for field in form.fields.values():
        if isinstance(field, forms.DateTimeField):
            field.validators = [*field.validators, in_reach]
