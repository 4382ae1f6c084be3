"""Forms: labels above, help and errors tied to their control, nothing typed is lost."""

import datetime as dt

from django import forms
from django.utils.translation import override

from vivaio.kit.forms import needed_sometimes


class Sample(forms.Form):
    name = forms.CharField(label="Nome", help_text="Come sul documento.")
    note = forms.CharField(label="Nota", required=False, widget=forms.Textarea)
    opens = forms.DateField(label="Apre")
    closes = forms.DateTimeField(label="Chiude")
    track = forms.ChoiceField(
        label="Percorso", choices=[("a", "Cooperative"), ("b", "Spin-off")], widget=forms.RadioSelect
    )
    sectors = forms.MultipleChoiceField(
        label="Settori", choices=[("x", "Cultura")], widget=forms.CheckboxSelectMultiple, required=False
    )
    kind = forms.ChoiceField(label="Genere", choices=[("s", "Servizio")])
    accepted = forms.BooleanField(label="Accetto l’informativa")
    document = forms.FileField(label="Statuto", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form):
    with override("it"):
        return str(form)


def test_every_control_has_its_label_and_the_look():
    html = drawn(Sample())
    assert '<label class="vv-label" for="id_name">Nome</label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert 'class="form-select"' in html
    assert html.count("<legend>") == 2
    assert '<label for="id_accepted">Accetto l’informativa</label>' in html
    assert 'class="vv-upload"' in html
    assert "alert-danger" not in html


def test_what_may_be_left_out_says_so():
    html = drawn(Sample())
    assert html.count("(facoltativo)") == 3


def test_what_is_needed_sometimes_does_not_say_that_it_may_be_left_out():
    class Either(forms.Form):
        file = needed_sometimes(forms.FileField(label="Statuto", required=False))
        text = forms.CharField(label="Nota", required=False)

    assert drawn(Either()).count("(facoltativo)") == 1


def test_dates_use_the_browsers_own_pickers_and_keep_their_value():
    html = drawn(Sample(initial={"opens": dt.date(2020, 7, 1), "closes": dt.datetime(2020, 9, 15, 23, 59)}))  # noqa: DTZ001
    assert 'type="date"' in html
    assert 'value="2020-07-01"' in html
    assert 'type="datetime-local"' in html
    assert 'value="2020-09-15T23:59"' in html


def test_what_a_picker_sends_is_understood():
    form = Sample({"opens": "2020-07-01", "closes": "2020-09-15T23:59"})
    form.is_valid()
    assert form.cleaned_data["opens"] == dt.date(2020, 7, 1)
    assert form.cleaned_data["closes"].isoformat() == "2020-09-15T23:59:00+02:00"


def test_errors_are_summed_up_first_and_joined_to_their_controls():
    html = drawn(Sample({"note": "resta qui"}))
    assert html.index("alert-danger") < html.index("vv-label")
    for target in ("id_name", "id_track_0", "id_accepted"):
        assert f'<a href="#{target}">' in html
        assert f'id="{target}"' in html
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_track_error"' in html
    assert "resta qui" in html


def test_an_error_of_the_whole_form_stands_in_the_summary():
    form = Sample({})
    form.is_valid()
    form.add_error(None, "Il bando è chiuso dalle 23:59.")
    assert "<strong>Il bando è chiuso dalle 23:59.</strong>" in drawn(form)
