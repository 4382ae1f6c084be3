"""Money: `Decimal` in whole cents with an ISO currency, never a float."""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal, list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
CURRENCIES = frozenset(code for code in list_currencies("en") if len(code) == 3)
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,'])[0-9]{3})(?:\1[0-9]{3})*")


def cents(amount: Decimal | int) -> Decimal:
    """The amount in whole cents. Raises `ValueError` for a float, for fractions of a cent, for no number."""
    if isinstance(amount, bool) or not isinstance(amount, (int, Decimal)):
        raise ValueError(f"Money is Decimal, not {type(amount).__name__}.")
    amount = Decimal(amount)
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise ValueError(f"{amount} is not an amount of money.")
    whole = amount.quantize(CENT)
    if whole != amount:
        raise ValueError(f"{amount} has fractions of a cent.")
    return whole + 0  # no negative zero


def parse(typed: str) -> Decimal:
    """The amount that a person typed, in Italian or English style: 33210; 33.210,00; 33,210.00; € 33.210.

    A single mark followed by three digits groups thousands, for money has no thousandths. Raises
    `ValidationError` with words that show how to write it.
    """
    text = re.sub(r"[\s\u2019']", " ", typed or "").strip()
    text = re.sub(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", "", text, flags=re.IGNORECASE).strip()
    digits = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "'", text)
    if not re.fullmatch(r"-?[0-9][0-9.,']*", digits):
        raise _not_an_amount(typed)
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    cut = re.fullmatch(r"(?P<whole>.*?)(?:(?P<mark>[.,])(?P<cents>[0-9]{1,2}))?", digits)
    whole, mark, fraction = cut.group("whole", "mark", "cents") if cut else (digits, None, None)
    if not (whole.isdigit() or (GROUPED.fullmatch(whole) and (mark is None or mark not in whole))):
        raise _not_an_amount(typed)
    amount = sign * Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{fraction or 0}")
    if abs(amount) > LARGEST:
        raise ValidationError(_("This amount is too large. Check the number of digits."), code="too_large")
    return amount.quantize(CENT) + 0


def _not_an_amount(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is not an amount. Write it like 33210 or 33.210,00."),
        code="not_an_amount",
        params={"typed": (typed or "").strip()[:40]},
    )


def show(amount: Decimal | int | None, currency: str = "EUR", language: str | None = None) -> str:
    """The amount as it is written in the reader's language: € 33.210,00 or €33,210.00; nothing for None."""
    if amount is None:
        return ""
    language = language or get_language() or "it"
    pattern = "¤#,##0.00" if language.startswith("en") else "¤\u00a0#,##0.00"
    return format_currency(
        cents(amount),
        currency,
        pattern,
        locale=_locale(language),
        currency_digits=False,
        group_separator=True,
    )


def show_bare(amount: Decimal | int, language: str | None = None) -> str:
    """The amount without its currency, as one would type it: 33.210,00 or 33,210.00."""
    return format_decimal(cents(amount), "#,##0.00", locale=_locale(language or get_language() or "it"))


def _locale(language: str) -> str:
    return language.replace("-", "_").split("_")[0]


class AmountField(forms.CharField):
    """A form field for an amount, typed in either style and kept as typed when it is refused."""

    def __init__(self, *, smallest: Decimal | None = Decimal(0), **kwargs: Any):
        kwargs.pop("max_digits", None), kwargs.pop("decimal_places", None)
        super().__init__(**kwargs)
        self.smallest = smallest
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        return show_bare(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else parse(str(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and self.smallest is not None and value < self.smallest:
            raise ValidationError(
                _("Write an amount of at least %(smallest)s."),
                code="too_small",
                params={"smallest": show(self.smallest)},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class MoneyField(models.DecimalField):
    """An amount in whole cents, zero or more unless `negative=True`. The currency stands beside it."""

    def __init__(
        self, verbose_name: Any = None, name: str | None = None, *, negative: bool = False, **kwargs: Any
    ):
        self.negative = negative
        kwargs["max_digits"], kwargs["decimal_places"] = 14, 2
        super().__init__(verbose_name, name, **kwargs)

    @property
    def validators(self) -> list[Any]:  # type: ignore[override]
        return super().validators + ([] if self.negative else [MinValueValidator(0)])

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        if self.negative:
            kwargs["negative"] = True
        return name, path, args, kwargs

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, (float, Decimal)):
            value = cents(value)  # type: ignore[arg-type]
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        smallest = None if self.negative else Decimal(0)
        return models.Field.formfield(self, **{"form_class": AmountField, "smallest": smallest, **kwargs})


def valid_currency(code: str) -> None:
    """Raise `ValidationError` unless the code is an ISO 4217 currency."""
    if code not in CURRENCIES:
        raise ValidationError(
            _("“%(code)s” is not a currency. Write its three letters, like EUR."), params={"code": code}
        )


class CurrencyField(models.CharField):
    """The ISO code of a currency; euro unless told otherwise."""

    def __init__(self, verbose_name: Any = None, **kwargs: Any):
        kwargs["max_length"] = 3
        kwargs.setdefault("default", "EUR")
        super().__init__(verbose_name or _("currency"), **kwargs)

    default_validators = [valid_currency]

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
