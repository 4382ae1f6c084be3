"""Money: typed in either style, shown in the reader's, exact throughout."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from vivaio.kit import money

amounts = st.decimals(min_value=-money.LARGEST, max_value=money.LARGEST, places=2, allow_nan=False)


@given(amounts, st.sampled_from(["it", "en"]))
def test_what_is_shown_can_be_typed_again(amount, language):
    assert money.parse(money.show_bare(amount, language)) == amount
    if amount >= 0:
        assert money.parse(money.show(amount, "EUR", language)) == amount


@given(st.text(alphabet=st.sampled_from("0123456789.,' -€a"), max_size=20))
def test_any_text_is_an_amount_in_cents_or_a_clear_refusal(typed):
    try:
        amount = money.parse(typed)
    except ValidationError:
        return
    assert amount == money.cents(amount)
    assert str(abs(int(amount))) in "".join(c for c in typed if c.isdigit())


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("33.210,00", "33210.00"),
        ("33,210.00", "33210.00"),
        ("33210", "33210"),
        ("33.210", "33210"),
        ("33,210", "33210"),
        ("€ 33.210,5", "33210.50"),
        ("33 210,50 €", "33210.50"),
        ("33\u00a0210.50 EUR", "33210.50"),
        ("33’210.50", "33210.50"),
        ("1.234.567", "1234567"),
        ("0,05", "0.05"),
        ("-5", "-5"),
    ],
)
def test_both_styles_are_understood(typed, amount):
    assert money.parse(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1.2.3",
        "0,125",
        "1.2345",
        "1.23.456",
        "33.210.00",
        "12.",
        "1e5",
        "٣",
        "1,2,3",
        "--1",
        "9" * 13,
    ],
)
def test_what_is_not_an_amount_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        money.parse(typed)
    assert "%" not in refused.value.messages[0]


@pytest.mark.parametrize("wrong", [1.5, Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), "12", True])
def test_money_is_never_a_float_nor_a_part_of_a_cent(wrong):
    with pytest.raises(ValueError, match=r"."):
        money.cents(wrong)


def test_shown_in_the_readers_language():
    assert money.show(Decimal(33210), "EUR", "it") == "€\u00a033.210,00"
    assert money.show(Decimal(33210), "EUR", "en") == "€33,210.00"
    assert money.show(None) == ""


class Grant(forms.Form):
    amount = money.MoneyField("amount").formfield()
    spent = money.MoneyField("spent", blank=True, null=True).formfield()


def test_a_form_takes_italian_amounts_and_keeps_what_was_refused():
    form = Grant({"amount": "33.210,00"})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal("33210.00"), "spent": None}
    with override("it"):
        assert 'value="33.210,00"' in str(Grant(initial={"amount": Decimal(33210)})["amount"])
        refused = Grant({"amount": "tanti"})
        assert not refused.is_valid()
        assert "tanti" in refused.errors["amount"][0]
        assert 'value="tanti"' in str(refused["amount"])
        assert "almeno" in Grant({"amount": "-1"}).errors["amount"][0]


def test_a_currency_is_an_iso_code():
    money.valid_currency("EUR")
    with pytest.raises(ValidationError):
        money.valid_currency("euro")


def test_the_fields_say_no_more_than_needed_in_a_migration():
    assert money.MoneyField().deconstruct()[3] == {}
    assert money.MoneyField(negative=True).deconstruct()[3] == {"negative": True}
    assert "max_length" not in money.CurrencyField().deconstruct()[3]


@pytest.mark.parametrize("digits", ["1" * 27, "9" * 5000, "1" * 13 + ",00"])
def test_an_amount_with_too_many_digits_is_said_to_be_too_large(digits):
    with pytest.raises(ValidationError) as refused:
        money.parse(digits)
    assert refused.value.code == "too_large"
