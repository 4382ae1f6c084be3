"""Choosing one of many rows: a list while they are few, found by what one types beyond that."""

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from tests.factories.people import OrganisationFactory
from vivaio.kit.picking import MOST_CHOICES, MOST_SHOWN, PickField
from vivaio.people.models import Organisation

pytestmark = pytest.mark.django_db


class Sample(forms.Form):
    organisation = PickField(
        label="Ente",
        found_by=("name", "tax_code"),
        exactly=("name", "tax_code"),
        details=lambda row: row.municipality,
        required=False,
    )
    note = forms.CharField(label="Nota")

    def __init__(self, rows=None, data=None, **more):
        super().__init__(None if data is None else MultiValueDict({k: [v] for k, v in data.items()}), **more)
        self.fields["organisation"].offer(Organisation.objects.all() if rows is None else rows)


def several(number):
    return OrganisationFactory.create_batch(number)


def drawn(form):
    with override("en"):
        return str(form)


def sent(typed, chosen="", rows=None, note="Una nota"):
    return Sample(rows, {"organisation": typed, "organisation_row": str(chosen), "note": note})


def test_few_are_a_list_and_many_a_line_at_the_same_cost():
    few = several(5)
    with CaptureQueriesContext(connection) as before:
        page = drawn(Sample())
    assert page.count("<option") == 6
    assert sent(str(few[2].pk)).fields["organisation"].clean(str(few[2].pk)) == few[2]
    several(145)
    with CaptureQueriesContext(connection) as after:
        page = drawn(Sample())
    assert len(after) == len(before) == 1
    assert "<option" not in page
    assert len(page) < 2_000
    assert 'id="id_organisation"' in page
    assert 'class="form-control"' in page


def test_whole_names_and_codes_are_taken_whatever_their_case_and_accents():
    several(MOST_CHOICES)
    one = OrganisationFactory(name="Società del Verziere", tax_code="97123450151")
    OrganisationFactory(name="Società del Verziere nuovo")
    for typed in ("societa DEL verziere", " Società del Verziere ", "97123450151"):
        form = sent(typed)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["organisation"] == one


def test_part_of_a_name_is_shown_before_it_is_taken():
    several(MOST_CHOICES)
    one = OrganisationFactory(name="Cooperativa Il Verziere", municipality="Lodi")
    form = sent("verziere")
    page = drawn(form)
    assert "Is it this one?" in page
    assert f'value="{one.pk}"' in page
    assert "Lodi" in page
    assert sent("verziere", one.pk).is_valid()


def test_several_are_shown_to_choose_from_and_nothing_typed_is_lost():
    several(MOST_CHOICES)
    twins = [OrganisationFactory(name="Il Verziere", municipality=town) for town in ("Lodi", "Como")]
    form = sent("il verziere", note="Con due finestre")
    page = drawn(form)
    assert page.count('type="radio"') == 2
    assert 'value="il verziere"' in page
    assert "Con due finestre" in page
    assert "Choose which one you mean" in page
    assert "checked" not in page
    form = sent("il verziere", twins[1].pk)
    assert form.is_valid()
    assert form.cleaned_data["organisation"] == twins[1]
    form = sent("il verziere", twins[1].pk, note="")
    assert drawn(form).count(" checked") == 1, "what was chosen stays while another answer is mended"


def test_of_very_many_the_first_are_shown_and_any_of_them_can_be_chosen():
    for number in range(MOST_CHOICES + 1):
        OrganisationFactory(name=f"Verziere {number:03}")
    page = drawn(sent("verziere"))
    assert page.count('type="radio"') == MOST_SHOWN
    assert "More than 10" in page
    last = Organisation.objects.order_by("name").last()
    form = sent("verziere", last.pk)
    assert form.is_valid()
    assert form.cleaned_data["organisation"] == last


def test_what_is_found_nowhere_says_what_to_do():
    several(MOST_CHOICES + 1)
    page = drawn(sent("zzz"))
    assert "Nothing is found for “zzz”: try a single word of its name." in page
    assert 'value="zzz"' in page


def test_other_words_do_not_keep_the_row_chosen_before():
    several(MOST_CHOICES)
    before, now = OrganisationFactory(name="Il Verziere"), OrganisationFactory(name="La Darsena")
    form = sent("la darsena", before.pk)
    assert form.is_valid()
    assert form.cleaned_data["organisation"] == now
    form = sent("", before.pk)
    assert form.is_valid()
    assert form.cleaned_data["organisation"] is None


def test_nothing_is_found_beyond_what_is_offered():
    mine = several(MOST_CHOICES + 1)
    other = OrganisationFactory(name="Il Verziere", tax_code="97123450151")
    rows = Organisation.objects.filter(pk__in=[one.pk for one in mine])
    for typed, chosen in (
        ("Il Verziere", ""), ("97123450151", ""), (other.pk, ""), (mine[0].name, other.pk), ("verz", other.pk),
    ):  # fmt: skip
        form = sent(str(typed), chosen, rows)
        assert not form.is_valid() or form.cleaned_data["organisation"] == mine[0]


def test_what_is_chosen_already_is_shown():
    several(MOST_CHOICES)
    one = OrganisationFactory(name="Il Verziere")
    page = drawn(Sample(initial={"organisation": one.pk}))
    assert 'value="Il Verziere"' in page
    assert page.count(" checked") == 1
    assert drawn(Sample(initial={"organisation": "nothing"})).count('type="radio"') == 0


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 300, "%_\\", "'; --", "9" * 150])
def test_odd_words_are_refused_with_words(typed):
    several(MOST_CHOICES + 1)
    form = sent(typed, "no-key")
    assert not form.is_valid()
    assert "organisation" in form.errors
