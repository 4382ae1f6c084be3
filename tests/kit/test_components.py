"""Each component says what it means to those who see it and to those who listen."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
import time_machine
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.cotton_loader import Loader

NOW = dt.datetime(2020, 9, 15, 20, 47, tzinfo=dt.UTC)


@pytest.fixture
def draw(tmp_path):
    """Draw a piece of a page as a room's template would, in Italian."""

    def drawn(source, language="it", **context):
        compiled = Loader(engines["django"].engine).cotton_compiler.process(source)
        request = RequestFactory().get(f"/{language}/")
        with override(language), time_machine.travel(NOW, tick=False):
            html = engines["django"].from_string(compiled).render(context, request)
        return re.sub(r"[ \n]+", " ", html)

    return drawn


def phases(*states):
    return [SimpleNamespace(state=s, name=f"Fase {i}", dates="2020", text="") for i, s in enumerate(states)]


def test_the_page_header_has_the_one_h1_and_its_state_in_words(draw):
    html = draw(
        '<c-page-header title="Graduatoria" state="Provvisoria" tone="maybe" :trail="trail" />',
        trail=[("Bandi", "/it/calls/"), ("Graduatoria", "")],
    )
    assert html.count("<h1") == 1
    assert "vv-tag vv-maybe" in html
    assert '<a href="/it/calls/">Bandi</a>' in html
    assert 'aria-current="page">Graduatoria' in html


def test_what_people_wrote_is_escaped_once(draw):
    html = draw('<c-page-header :title="title" /><c-tag label="{{ title }}" />', title="Pane & <b>Ruote</b>")
    assert html.count("Pane &amp; &lt;b&gt;Ruote&lt;/b&gt;") == 2


def test_a_button_that_may_not_be_used_stays_and_says_why(draw):
    html = draw('<c-button label="Pubblica" post="/x/" :refused="why" />', why="Prima va decisa la parità.")
    named = re.search(r'aria-disabled="true" aria-describedby="([^"]+)"', html)[1]
    assert f'id="{named}">Prima va decisa la parità.' in html
    assert "<form" not in html


def test_a_button_that_acts_is_a_form_of_its_own(draw):
    html = draw('<c-button label="Pubblica" post="/x/" :refused="why" />', why=None)
    assert '<form method="post" action="/x/"' in html
    assert "csrfmiddlewaretoken" in html
    assert "aria-disabled" not in html


def test_the_stem_of_phases_says_where_we_are(draw):
    html = draw('<c-phases :phases="phases" />', phases=phases("done", "now", "future"))
    assert html.count('aria-current="step"') == 1
    assert html.index("Conclusa") < html.index("Siamo qui") < html.index("In arrivo")


def test_the_small_stem_is_said_in_words(draw):
    html = draw('<c-phases.mini :phases="phases" />', phases=phases("done", "done", "now", "future"))
    assert 'aria-label="4 fasi: 2 concluse, 1 in corso, 1 in arrivo"' in html


def test_a_phase_without_dates_claims_no_place_in_time(draw):
    html = draw('<c-phases :phases="phases" /><c-phases.mini :phases="phases" />', phases=phases("done", ""))
    assert "In arrivo" not in html
    assert 'aria-label="2 fasi: 1 conclusa, 1 senza date"' in html


def test_the_countdown_carries_the_servers_figures(draw):
    html = draw('<c-countdown :until="until" />', until=NOW + dt.timedelta(days=16, hours=7, minutes=24))
    assert "<dt>giorni</dt><dd>16</dd>" in html
    assert "<dt>ore</dt><dd>7</dd>" in html
    assert "Chiuso" in draw('<c-countdown :until="until" />', until=NOW)


def test_the_last_hours_are_said_with_the_whole_deadline(draw):
    html = draw(
        '<c-deadline :until="until" label="Il bando si chiude" />', until=NOW + dt.timedelta(minutes=72)
    )
    assert "Mancano 1 ora e 12 minuti." in html
    assert "martedì 15 settembre 2020 alle 23:59 (ora di Milano)" in html


def test_the_steps_rail_says_what_each_step_lacks(draw):
    steps = [
        SimpleNamespace(title="Chi siete", state="done", note="completo", href="#1", current=False),
        SimpleNamespace(
            title="Il contesto", state="missing", note="manca 1 risposta", href="#2", current=True
        ),
    ]
    html = draw('<c-steps :steps="steps" label="Passi della candidatura" />', steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "completo" in html
    assert "manca 1 risposta" in html


def test_what_is_missing_counts_and_links(draw):
    html = draw(
        '<c-missing :done="done" :total="total" :items="items" />',
        done=1,
        total=2,
        items=[("Statuto", "#q4")],
    )
    assert "1 risposta su 2" in html
    assert '<a href="#q4">Statuto</a>' in html
    assert 'value="1" max="2"' in html
    assert "Non manca niente." in draw('<c-missing done="2" total="2" />')


SCALE = [(1, "scarso", "Niente."), (2, "debole", "Poco."), (3, "buono", "Molto.")]


def test_score_buttons_are_radios_with_words_and_nothing_chosen_beforehand(draw):
    html = draw(
        '<c-score name="c1" legend="Impatto" question="Quanto?" weight="25%" :scale="scale" missing />',
        scale=SCALE,
    )
    assert html.count('type="radio"') == 3
    assert " checked" not in html
    assert "peso 25%" in html
    assert "Da votare" in html
    assert "Scegli un voto per leggere che cosa significa." in html


def test_a_score_that_was_given_is_chosen_whatever_its_type(draw):
    for value in (2, "2"):
        html = draw(
            '<c-score name="c1" legend="L" question="Q" :scale="scale" :value="value" />',
            scale=SCALE,
            value=value,
        )
        assert re.search(r'value="2" checked', html)
        assert html.count(" checked") == 1


def test_over_seven_points_a_score_is_a_number_field(draw):
    html = draw(
        '<c-score name="c1" legend="L" question="Q" number maximum="20" :value="value" error="Da 0 a 20." />',
        value=21,
    )
    assert 'type="number"' in html
    assert 'max="20"' in html
    assert 'aria-invalid="true"' in html
    assert "Da 0 a 20." in html
    assert "radio" not in html


def test_the_queue_says_each_state_to_those_who_listen(draw):
    entries = [
        SimpleNamespace(number=n, href="#", state=s) for n, s in enumerate(("done", "conflict", "now", ""), 1)
    ]
    html = draw('<c-queue :entries="entries" label="Le mie candidature" />', entries=entries)
    for said in ("votata", "passata ad altri", "in corso", "da votare"):
        assert f"({said})</span>" in html
    assert html.count('aria-current="page"') == 1


def test_what_awaits_tells_buttons_apart_when_read_aloud(draw):
    items = [
        SimpleNamespace(
            when="Oggi", tone="now", icon="", title=t, text="", context="", href="#", action="Apri"
        )
        for t in ("Decidere la parità", "Leggere le lettere")
    ]
    html = draw('<c-awaits :items="items" first />', items=items)
    assert 'Apri <span class="visually-hidden">(Decidere la parità)</span>' in html
    assert html.count("btn-primary") == 1


def test_an_empty_page_teaches(draw):
    html = draw(
        '<c-empty title="Nessuna candidatura" text="Arrivano dal 1 luglio." href="/it/" link="Guarda il bando" />'
    )
    assert "<h2" in html
    assert '<a href="/it/">Guarda il bando</a>' in html


def test_a_refusal_is_announced_only_if_it_arrives_later(draw):
    assert 'role="alert"' not in draw('<c-refusal title="No." text="Perché." />')
    assert 'role="alert"' in draw('<c-refusal title="No." text="Perché." late />')


def test_words_are_counted_with_the_limit_said(draw):
    html = draw('<c-counter id="q1c" :count="count" limit="150" />', count=88)
    assert "88 parole su 150" in html
    assert "vv-over" not in html
    assert "vv-over" in draw('<c-counter id="q1c" :count="count" limit="150" />', count=151)


def test_facts_partners_tabs_and_files(draw):
    assert '<dd><a href="/b/">9</a></dd>' in draw('<c-facts :facts="f" />', f=[("posti", 9, "/b/")])
    assert "<dt>Promotore</dt><dd>Fondazione</dd>" in draw(
        '<c-partners :partners="p" />', p=[("Promotore", "Fondazione")]
    )
    tabs = [SimpleNamespace(label="Cooperative", note="16", href="#", current=True)]
    assert 'aria-current="page"' in draw('<c-tabs :tabs="t" label="Percorsi" />', t=tabs)
    assert "412\u00a0kB" in draw('<c-file name="statuto.pdf" :size="size" />', size=412_000)
