"""The staff finds applications by what they say: words of the answers, conditions on them, answers as columns."""

import itertools

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.people import OrganisationFactory
from tests.factories.questionnaires import FULL, FormVersionFactory, ResponseFactory, words
from vivaio.applications import actions, jobs
from vivaio.applications.finding import queries as finding
from vivaio.applications.models import Extract
from vivaio.questionnaires.engine.definition import Choice, Definition, Question

pytestmark = pytest.mark.django_db

WIDE = Definition(
    title=words("Candidatura", "Application"),
    languages=("it", "en"),
    lists={
        "sectors": (
            Choice("housing", words("Abitare", "Housing")),
            Choice("culture", words("Cultura", "Culture")),
            Choice("care", words("Cura", "Care")),
        )
    },
    questions=(
        Question("title", "text", label=words("Come si chiama?", "What is it called?")),
        Question(
            "project",
            "group",
            label=words("Il progetto", "The project"),
            children=(
                Question("sector", "select_one", label=words("Settore", "Sector"), choices="sectors"),
                Question("areas", "select_multiple", label=words("Temi", "Themes"), choices="sectors"),
                Question("amount", "decimal", label=words("Importo", "Amount"), appearance="money"),
                Question("people", "integer", label=words("Quante persone?", "How many people?")),
                Question("begins", "date", label=words("Inizio", "Beginning")),
                Question("truth", "acknowledge", label=words("È vero", "It is true")),
                Question("idea", "text", label=words("L’idea", "The idea"), appearance="multiline"),
                Question("drawing", "file", label=words("Un disegno", "A drawing")),
                Question(
                    "team",
                    "repeat",
                    label=words("La squadra", "The team"),
                    children=(Question("who", "text", label=words("Nome", "Name")),),
                ),
            ),
        ),
    ),
)


@pytest.fixture
def call():
    return open_call(form=FormVersionFactory(definition=WIDE.to_dict(), sha256=WIDE.sha256))


def applied(call, title, organisation=None, **answers):
    response = ResponseFactory(version=call.form, answers={"title": title, **answers})
    organisation = organisation or OrganisationFactory()
    return handed_in(call, title=title, response=response, organisation=organisation)


@pytest.fixture
def three(call):
    applied(
        call,
        "Orto sul tetto",
        OrganisationFactory(name="Società Agricola Pensile"),
        sector="housing",
        areas=["housing", "care"],
        amount="24960.50",
        people=12,
        begins="2026-03-01",
        truth="OK",
        idea="Riaprire tre portinerie e coltivare la città.",
        team=[{"_id": "r1", "who": "Benedetta Vallescura"}],
    )
    applied(
        call,
        "Passo doppio",
        sector="culture",
        areas=["culture"],
        amount="900",
        people=3,
        begins="2026-09-15",
        idea="Un laboratorio di danza.",
    )
    applied(call, "Senza risposte")
    return close(call)


def address(call, name="received"):
    return reverse(f"applications:{name}", args=[call.programme.slug, call.slug])


@pytest.fixture
def listed(client, three, secretary_of):
    secretary_of(three)

    def titles(**asked):
        page = client.get(address(three), asked)
        assert page.status_code == 200
        return [str(row) for row in page.context["table"].found]

    return titles


BOTH, ORTO, PASSO, SENZA = (
    ["Orto sul tetto", "Passo doppio"],
    ["Orto sul tetto"],
    ["Passo doppio"],
    ["Senza risposte"],
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("portineria", ORTO),  # bent as Italian bends it
        ("citta", ORTO),  # without its accent
        ("SOCIETA agricola", ORTO),
        ("colti", ORTO),  # the beginning of the last word
        ("vallescura", ORTO),  # in a row of a table
        ("abitare", ORTO),  # a choice in its words
        ("housing", ORTO),  # in the other language
        ("24960.50", ORTO),
        ("tetto danza", []),
        ("laboratori", PASSO),
        ("2", PASSO),
        ("agricolla pensille", ORTO),  # misspelt
        ("%", []),
        ("' | & ! :* \\", []),
        ("<script>", []),
    ],
)
def test_every_word_is_looked_for_in_all_that_an_application_says(listed, typed, found):
    assert [title for title in listed(q=typed) if title != "Senza risposte" or typed == "3"] == found


def test_the_passage_that_has_the_words_is_shown_with_its_question(client, three, secretary_of):
    secretary_of(three)
    page = client.get(address(three), {"q": "portineria"}).content.decode()
    assert "L’idea: Riaprire tre <mark>portinerie</mark> e coltivare" in page
    page = client.get(address(three), {"q": "cultura"}).content.decode()
    assert "Settore: <mark>Cultura</mark>" in page
    assert "Culture" not in page


def test_hostile_answers_are_shown_as_words(client, call, secretary_of):
    applied(call, "Uno", idea="<script>alert(1)</script> \x02portineria\x03 <b>aperta</b>")
    secretary_of(close(call))
    page = client.get(address(call), {"q": "portineria"}).content.decode()
    assert "<script>alert" not in page
    assert "<b>aperta" not in page
    assert "<mark>portineria</mark>" in page


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("sector:any:housing", ORTO),
        ("sector:any:housing,culture", BOTH),
        ("sector:none:housing", [*PASSO, *SENZA]),
        ("areas:any:care", ORTO),
        ("areas:none:care", [*PASSO, *SENZA]),
        ("amount:between:900,", BOTH),
        ("amount:between:901,24960.50", ORTO),
        ("amount:between:,900", PASSO),
        ("people:between:3,3", PASSO),
        ("begins:between:2026-03-01,2026-03-01", ORTO),
        ("begins:between:2026-03-02,", PASSO),
        ("truth:filled", ORTO),
        ("truth:empty", [*PASSO, *SENZA]),
        ("idea:has:CITTA", ORTO),
        ("idea:lacks:citta", [*PASSO, *SENZA]),
        ("idea:has:100%25", []),
        ("idea:empty", SENZA),
        ("drawing:filled", []),
        ("team:between:1,", ORTO),
        ("team:has:benedetta", ORTO),
        ("sector:any:housing~amount:between:1000,~idea:filled", ORTO),
        ("sector:any:housing~sector:any:culture", []),
    ],
)
def test_answers_are_asked_for_as_their_kind_allows(listed, where, found):
    assert listed(where=where) == found


@pytest.mark.parametrize(
    "where",
    [
        "sector:any:nowhere",
        "sector:between:1,2",
        "gone:filled",
        "amount:between:a,b",
        "amount:between:,",
        "amount:between:1",
        "begins:between:2026-99-01,",
        "begins:between:20260301,",
        "who:has:x",
        "project:filled",
        "idea:has:",
        "idea:has:" + "x" * 200,
        "sector",
        ":::",
        'amount:between:1) || (1 == 1,"',
    ],
)
def test_what_the_form_does_not_know_is_left_out_and_said(client, three, secretary_of, where):
    secretary_of(three)
    page = client.get(address(three), {"where": where})
    assert page.context["table"].count == 3
    assert "è stata tralasciata" in page.content.decode()


def test_a_condition_is_built_question_by_question_and_leads_to_the_list(client, three, secretary_of):
    secretary_of(three)
    page = client.get(address(three, "filters"), {"q": "orto"}).content.decode()
    assert '<optgroup label="Il progetto">' in page
    assert "Settore" in page
    asked = {"q": "orto", "question": "amount"}
    page = client.get(address(three, "filters"), asked).content.decode()
    assert "è compreso tra" in page
    answer = client.get(
        address(three, "filters"), {**asked, "add": "yes", "how": "between", "least": "1.000"}
    )
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.context["table"].conditions[0].written() == "amount:between:1000,"
    assert page.context["table"].words == "orto"
    assert "Importo: da 1.000" in page.content.decode()
    shown = client.get(page.context["list_href"])
    assert [str(row) for row in shown.context["table"].found] == ORTO
    assert "Importo: da 1.000" in shown.content.decode()
    assert page.context["lines"][0][1] in page.content.decode().replace("&amp;", "&")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"question": "amount", "how": "between"}, "Compila almeno uno dei due estremi."),
        ({"question": "amount", "how": "between", "least": "tanto"}, "Scrivi una cifra"),
        (
            {"question": "amount", "how": "between", "least": "9", "most": "2"},
            "La fine viene prima dell’inizio",
        ),
        ({"question": "sector", "how": "any"}, "Scegline almeno una."),
        ({"question": "idea", "how": "has", "text": " "}, "Scrivi le parole da cercare."),
        ({"question": "begins", "how": "between", "least": "ieri"}, "Inserisci una data valida"),
        ({"question": "idea", "how": "between"}, "non è tra quelle disponibili"),
    ],
)
def test_what_is_filled_in_wrong_is_said_beside_the_field(client, three, secretary_of, asked, said):
    secretary_of(three)
    page = client.get(address(three, "filters"), {**asked, "add": "yes"})
    assert page.status_code == 200
    assert said in page.content.decode()


def test_a_question_that_is_not_there_asks_nothing(client, three, secretary_of):
    secretary_of(three)
    for name in ("gone", "who", "project", "\0", "x" * 3000):
        assert client.get(address(three, "filters"), {"question": name, "add": "yes"}).status_code == 200


def test_answers_stand_as_columns_and_exports_follow_the_conditions(client, three, secretary_of):
    secretary_of(three)
    asked = {"columns": ["state", "answer-amount", "answer-sector"], "where": "sector:any:housing"}
    page = client.get(address(three), asked).content.decode()
    assert "24.960,5" in page
    assert "Abitare" in page
    assert 'value="answer-amount" checked' in page
    assert 'value="answer-idea"' not in page  # its box stands on the page of the filters
    csv = b"".join(client.get(address(three), {**asked, "export": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    assert "Orto sul tetto" in csv
    assert "Passo doppio" not in csv
    assert "Benedetta Vallescura" in csv


def test_who_may_not_read_applications_finds_no_filters(client, three, secretary_of):
    secretary_of(three, role="juror")
    assert client.get(address(three, "filters")).status_code == 404


def test_a_call_without_a_form_teaches(client, secretary_of):
    call = open_call()
    call.form = None
    call.save()
    secretary_of(call)
    page = client.get(address(call, "filters"))
    assert "non ha ancora domande" in page.content.decode()


def test_the_list_costs_the_same_with_many(client, call, secretary_of, django_assert_max_num_queries):
    for n in range(12):
        applied(call, f"Orto {n}", sector="housing", amount="1000")
    secretary_of(close(call))
    asked = {"q": "orto", "where": "sector:any:housing~amount:between:1,", "columns": ["answer-amount"]}
    client.get(address(call), asked)
    with django_assert_max_num_queries(12):
        assert client.get(address(call), asked).context["table"].count == 12
    with django_assert_max_num_queries(12):
        client.get(address(call, "filters"), {**asked, "question": "sector"})


def test_handing_in_lays_out_the_answers_and_reopening_takes_them_back():
    draft = ApplicationFactory()
    actions.submit(draft, by=draft.created_by, declared=True, noticed=True)
    kept = Extract.objects.get()
    assert kept.answers == {"title": True, "sector": ["housing"], "idea": True}
    assert kept.texts["sector"] == "Abitare · Housing"
    draft.refresh_from_db()
    assert kept.digest == draft.digest
    actions.reopen(draft, by=draft.created_by)
    assert not Extract.objects.exists()


def test_what_was_erased_is_found_no_more():
    application = handed_in(close(open_call()))
    actions.empty(application.pk)
    assert not Extract.objects.exists()
    jobs.catch_up_extracts(0)
    assert not Extract.objects.exists()


def test_applications_from_before_are_laid_out_once():
    application = handed_in()
    ApplicationFactory(call=application.call)
    Extract.objects.all().delete()
    assert list(finding.behind()) == [application]
    jobs.catch_up_extracts(0)
    jobs.catch_up_extracts(0)
    assert Extract.objects.get().texts["idea"] == FULL["idea"]
    Extract.objects.update(digest="old", texts={})
    jobs.catch_up_extracts(0)
    assert Extract.objects.get().digest == application.digest
    assert not finding.behind().exists()


def test_a_saved_view_keeps_the_conditions(client, three, secretary_of):
    secretary_of(three)
    page = client.get(address(three), {"where": "sector:any:housing"})
    assert page.context["table"].shown_query == "where=sector%3Aany%3Ahousing"
    assert page.context["table"].clear_url == "?"


def test_a_moment_of_the_last_day_lies_in_it(call, client, secretary_of):
    asked = Definition(
        title=words("M"), languages=("it",), questions=(Question("at", "dateTime", label=words("Quando")),)
    )
    form = FormVersionFactory(definition=asked.to_dict(), sha256=asked.sha256)
    call.form = form
    call.save()
    handed_in(call, response=ResponseFactory(version=form, answers={"at": "2026-03-01T23:30"}))
    secretary_of(close(call))
    for where, count in (
        ("at:between:,2026-03-01", 1),
        ("at:between:,2026-02-28", 0),
        ("at:between:2026-03-01,", 1),
    ):
        assert client.get(address(call), {"where": where}).context["table"].count == count
    assert client.get(address(call), {"where": "at:between:,9999-12-31"}).context["table"].count == 1


def test_more_words_than_an_index_takes_are_handed_in_all_the_same():
    asked = tuple(Question(f"q{n}", "text", label=words("Testo", "Text")) for n in range(40))
    form = Definition(title=words("Lunga", "Long"), languages=("it", "en"), questions=asked)
    call = open_call(form=FormVersionFactory(definition=form.to_dict(), sha256=form.sha256))
    unlike = map("".join, itertools.product("abcdefghijkl", repeat=5))
    answers = {each.name: " ".join(itertools.islice(unlike, 3_300)) for each in asked}
    draft = ApplicationFactory(call=call, response=ResponseFactory(version=call.form, answers=answers))
    actions.submit(draft, by=draft.created_by, declared=True, noticed=True)
    assert Extract.objects.filter(pk=draft.extract.pk, words="aaaab").exists()
