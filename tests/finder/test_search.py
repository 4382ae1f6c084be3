"""The search: found in both languages and though misspelt, and never what one may not see."""

import pytest
from django.test import Client

from tests.factories.applications import handed_in, open_call
from tests.factories.calls import CallFactory
from tests.factories.exchange import EntryFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.publishing import DocumentFactory, NewsFactory
from vivaio.calls.states import CallState
from vivaio.finder import actions, sources
from vivaio.programmes.states import ProgrammeState
from vivaio.publishing.states import NewsState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano", description="Un percorso per le cooperative.")


def found(words, person=None, language="it", **more):
    for kind in sources.SOURCES:
        actions.catch_up(kind)
    client = Client()
    if person:
        client.force_login(person)
    return client.get(f"/{language}/search/", {"q": words, **more}).content.decode()


def test_words_are_found_in_every_kind_with_the_words_marked(programme):
    CallFactory(programme=programme, title="Selezione", summary="Per chi lavora nella mobilità.")
    NewsFactory(programme=programme, title="Si parte", body="La mobilità dolce arriva in periferia.")
    DocumentFactory(programme=programme, title="Rapporto sulla mobilità")
    EntryFactory(programme=programme, name="Ciclofficina", offers="Biciclette per la mobilità di tutti")
    page = found("mobilità")
    for title in ("Selezione", "Si parte", "Rapporto sulla mobilità", "Ciclofficina"):
        assert title in page
    assert "<mark>mobilità</mark>" in page


def test_another_form_of_the_word_and_another_language_are_found(programme):
    assert "Miracolo a Milano" in found("cooperativa")
    english = {"title_en": "Neighbourhood gardens", "body_en": "Every garden has its keeper."}
    NewsFactory(programme=programme, title="Si parte", summary="Orti di zona.", i18n=english)
    page = found("garden", language="en")
    assert "Neighbourhood gardens" in page
    assert "Orti di zona. Every <mark>garden</mark> has its keeper" in page


def test_a_misspelt_title_is_found(programme):
    assert "Miracolo a Milano" in found("miracollo")


def test_nobody_finds_what_they_may_not_see(programme):
    draft = ProgrammeFactory(title="Segretissimo", state=ProgrammeState.DRAFT)
    CallFactory(programme=programme, title="Segretissimo bando", state=CallState.DRAFT)
    NewsFactory(programme=programme, title="Segretissimo avviso", state=NewsState.DRAFT)
    DocumentFactory(programme=draft, title="Segretissimo documento")
    EntryFactory(programme=draft, name="Segretissimo ente")
    for person in (None, PersonFactory()):
        assert "Nulla di trovato" in found("segretissimo", person)
    page = found("segretissimo", holder(programme, "manager"))
    assert "Segretissimo bando" in page
    assert "Segretissimo avviso" in page
    assert "Segretissimo documento" not in page


def test_applications_are_found_by_their_team_and_by_the_staff_alone(programme):
    application = handed_in(open_call(programme=programme), title="Sartoria sul ponte")
    member = PersonFactory()
    MembershipFactory(organisation=application.organisation, person=member)
    assert "Sartoria sul ponte" in found("sartoria", member)
    staff = holder(programme, "evaluator")
    assert "Sartoria sul ponte" in found("sartoria", staff)
    assert application.organisation.name in found(application.organisation.name, staff)
    for stranger in (None, PersonFactory(), holder(ProgrammeFactory(), "manager")):
        assert "Sartoria sul ponte" not in found("sartoria", stranger)


def test_a_passage_shows_where_it_is_cut_and_no_signs_of_markdown(programme):
    body = (
        "## Il giorno\n"
        + "Si comincia presto al mattino. " * 9
        + "\n- una **lanterna** per cortile"
        + "\n- altro" * 30
    )
    NewsFactory(programme=programme, title="Festa", summary="", body=body)
    page = found("lanterna")
    passage = page[page.index("<mark>") - 200 : page.index("<mark>") + 200]
    assert "<mark>lanterna</mark> per cortile" in passage
    assert "…" in passage
    assert not any(sign in passage for sign in ("**", "##", "- altro"))


def test_what_is_typed_is_shown_as_typed_and_runs_nowhere(programme):
    NewsFactory(programme=programme, title="Avviso", body="Un <script>alert(1)</script> nel testo")
    page = found("<script>alert(1)</script> testo")
    assert "<script>alert" not in page
    for words in ("'", '"', "a & b | !c", "\x00", "%", "(" * 90, "è" * 300, ":*", "-"):
        assert "<h1" in found(words)


def test_more_of_one_kind_is_shown_by_itself(programme):
    for number in range(8):
        NewsFactory(programme=programme, title=f"Orto numero {number}")
    CallFactory(programme=programme, title="Orto sul tetto")
    page = found("orto")
    assert "in=news" in page
    page = found("orto", **{"in": "news"})
    assert page.count("Orto numero") == 8
    assert "Orto sul tetto" not in page


def test_the_search_costs_the_same_whatever_there_is(programme, django_assert_max_num_queries):
    person = holder(programme, "manager")
    for number in range(12):
        NewsFactory(programme=programme, title=f"Orto {number}")
        CallFactory(programme=programme, title=f"Orto {number}")
    client = Client()
    client.force_login(person)
    for kind in sources.SOURCES:
        actions.catch_up(kind)
    client.get("/it/search/")  # the session notes when it was last used
    with django_assert_max_num_queries(12):
        client.get("/it/search/", {"q": "orto"})


def test_words_may_stand_some_in_the_title_some_in_the_name_of_the_organisation(programme):
    application = handed_in(open_call(programme=programme), title="Sartoria sul ponte")
    application.organisation.name = "Cooperativa Lanterna"
    application.organisation.save()
    staff = holder(programme, "evaluator")
    assert "Sartoria sul ponte" in found("lanterna sartoria", staff)
    assert "Sartoria sul ponte" not in found("lanterna officina", staff)


def test_a_text_as_long_as_a_library_is_kept_and_found(programme):
    endless = " ".join(f"volume{number}" for number in range(200_000))
    NewsFactory(programme=programme, title="Catalogo", body=f"Lanterna. {endless}", i18n={"body_en": endless})
    assert "Catalogo" in found("lanterna")


def test_narrowing_tells_the_title_of_no_programme_that_is_not_public(programme):
    hidden = ProgrammeFactory(title="Il Barbone", state=ProgrammeState.DRAFT)
    assert "Il Barbone" not in found("Miracolo", programme=str(hidden.pk))
    assert "Il Barbone" in found("Barbone", holder(hidden, "manager"), programme=str(hidden.pk))
