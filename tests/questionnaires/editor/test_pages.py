"""The editor as its people use it: by pages, one draft, several hands."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.programmes import holder
from tests.factories.questionnaires import FormVersionFactory, ResponseFactory
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.questionnaires.editor import actions, marks
from vivaio.questionnaires.editor.views.frame import on_draft
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.models import Form, FormDraft

pytestmark = pytest.mark.django_db


class Hand:
    """Somebody at work on one form."""

    def __init__(self, person, form):
        self.person, self.form = person, form
        self.client = Client()
        self.client.force_login(person)

    def at(self, page, **more):
        return reverse(f"questionnaires:draft_{page}", kwargs={"pk": self.form.pk, **more})

    def get(self, page, **more):
        return self.client.get(self.at(page, **more))

    def post(self, page, data, **more):
        return self.client.post(self.at(page, **more), data)

    @property
    def definition(self):
        return FormDraft.objects.get(form=self.form).questionnaire

    def seen(self, part):
        return {"seen": marks.mark(self.definition, part)}


@pytest.fixture
def version():
    return FormVersionFactory()


@pytest.fixture
def paola(version):
    found = Hand(holder(version.form.programme, "manager"), version.form)
    found.post("begin", {"source": "current"})
    return found


@pytest.fixture
def marta(version):
    return Hand(holder(version.form.programme, "secretary"), version.form)


def question(name, **more):
    return {
        "offer": "long",
        "label_it": "Che cosa fate?",
        "label_en": "What do you do?",
        "name": name,
        **more,
    }


def test_a_form_from_nothing_to_its_first_version(version):
    paola = Hand(holder(version.form.programme, "manager"), version.form)
    sent = {
        "programme": version.form.programme_id,
        "title": "Fabbisogni",
        "source": "empty",
        "languages": ["it", "en"],
    }
    paola.client.post(reverse("questionnaires:start"), sent)
    paola.form = Form.objects.get(title="Fabbisogni")
    assert paola.definition.questions == ()
    paola.post("add", {"offer": "group", "label_it": "Chi siete", "place": "first:"})
    paola.post(
        "add",
        {
            "offer": "select_one",
            "label_it": "Dove?",
            "lines": "A Milano\nAltrove",
            "place": "first:chi_siete",
            "required": "on",
        },
    )
    where = paola.definition.by_name["dove"]
    assert [choice.label["it"] for choice in paola.definition.lists[where.choices]] == ["A Milano", "Altrove"]
    answer = paola.post("publish", paola.seen(marks.WHOLE))
    assert answer.url == reverse("questionnaires:form", args=[paola.form.pk])
    assert paola.form.current.questionnaire.by_name["dove"].required == "true()"
    assert not FormDraft.objects.filter(form=paola.form).exists()
    verbs = list(Record.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("questionnaires.draft_changed") == 2
    assert "questionnaires.version_published" in verbs


def test_a_form_begins_as_a_copy_or_from_a_workbook(version):
    paola = Hand(holder(version.form.programme, "manager"), version.form)
    start = {
        "programme": version.form.programme_id,
        "title": "Copia",
        "source": "copy",
        "version": version.pk,
    }
    paola.client.post(reverse("questionnaires:start"), start)
    paola.form = Form.objects.get(title="Copia")
    assert set(paola.definition.by_name) == set(version.questionnaire.by_name)
    twin = SimpleUploadedFile("f.yaml", b"survey:\n  - {type: text, name: idea, label: Idea}\n")
    paola.client.post(
        reverse("questionnaires:start"), {**start, "title": "Da file", "source": "file", "file": twin}
    )
    paola.form = Form.objects.get(title="Da file")
    assert set(paola.definition.by_name) == {"idea"}
    wrong = SimpleUploadedFile("f.yaml", b"survey:\n  - {type: geopoint, name: idea, label: Idea}\n")
    answer = paola.client.post(
        reverse("questionnaires:start"), {**start, "title": "No", "source": "file", "file": wrong}
    )
    assert "geopoint" in answer.content.decode()
    assert not Form.objects.filter(title="No").exists()


def test_two_people_do_not_overwrite_each_other(paola, marta):
    old = paola.seen(marks.question("idea"))
    marta.post("change", question("idea", **old, hint_it="Da Marta"), name="idea")
    answer = paola.post("change", question("idea", **old, hint_it="Da Paola"), name="idea")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Da Paola" in page, "nothing typed is lost"
    assert "Da Marta" in page, "what stands there now is shown"
    assert str(marta.person) in page
    assert paola.definition.by_name["idea"].hint["it"] == "Da Marta"
    paola.post(
        "change", question("idea", **paola.seen(marks.question("idea")), hint_it="Da Paola"), name="idea"
    )
    assert paola.definition.by_name["idea"].hint["it"] == "Da Paola"


def test_a_name_that_is_taken_is_told_and_nothing_typed_is_lost(paola):
    sent = question("title", label_it="Un’altra idea", **paola.seen(marks.question("idea")))
    answer = paola.post("change", sent, name="idea")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Il nome «title» è già preso" in page
    assert "Un’altra idea" in page
    assert paola.definition.by_name["idea"].label["it"] == "Che cosa volete fare di nuovo?"


def test_a_change_that_comes_a_moment_too_late_is_shown_and_not_lost(paola, rf):
    """The draft goes between the page that finds it and the write: the write has the last word."""

    @on_draft
    def late(request, draft):
        actions.discard(draft.form, by=paola.person)
        actions.move_question(draft.form, "idea", way=1, by=paola.person)

    request = rf.post("/", {"label_it": "Che cosa fate?"})
    request.user, request.session = paola.person, {}
    answer = late(request, paola.form.pk)
    assert answer.status_code == 409
    assert "Che cosa fate?" in answer.content.decode()


def test_two_people_at_two_questions_both_save(paola, marta):
    title, idea = paola.seen(marks.question("title")), paola.seen(marks.question("idea"))
    marta.post("change", question("title", **title), name="title")
    answer = paola.post("change", question("idea", **idea), name="idea")
    assert answer.status_code == 302
    assert {paola.definition.by_name[name].label["it"] for name in ("title", "idea")} == {"Che cosa fate?"}


def test_what_is_typed_for_a_question_or_a_draft_that_is_gone_is_shown(paola, marta):
    old = paola.seen(marks.question("idea"))
    marta.post("remove", marta.seen(marks.branch("idea")), name="idea")
    answer = paola.post("change", question("idea", **old), name="idea")
    assert answer.status_code == 409
    assert "Che cosa fate?" in answer.content.decode()
    marta.post("discard", {})
    answer = paola.post("settings", {"title_it": "Un altro titolo", "seen": ""})
    assert "Un altro titolo" in answer.content.decode()


def test_every_change_can_be_undone_by_whoever_saw_the_last(paola):
    before = paola.definition
    paola.post("move", {"up": "drawing"})
    paola.post("double", {"double": "title"})
    paola.post("remove", paola.seen(marks.branch("project")), name="project")
    assert "idea" not in paola.definition.by_name
    paola.post("undo", {"seen": "1"})
    assert "idea" not in paola.definition.by_name, "the draft has moved on since"
    for stamp in (3, 2, 1):
        paola.post("undo", {"seen": str(stamp)})
    assert paola.definition == before


def test_logic_is_picked_and_read_back(paola):
    picked = {
        "relevant-mode": "and", "relevant-0-question": "sector", "relevant-0-operator": "=",
        "relevant-0-value": "culture", "required-mode": "always", **paola.seen(marks.question("idea")),
    }  # fmt: skip
    paola.post("logic", picked, name="idea")
    assert paola.definition.by_name["idea"].relevant == "${sector} = 'culture'"
    page = paola.get("logic", name="idea").content.decode()
    assert '<option value="culture" selected>' in page
    assert "«In quale settore?» è «Cultura»" in paola.get("questions").content.decode()


def test_an_expression_is_checked_as_it_is_typed_and_before_it_is_kept(paola):
    told = paola.post("expression", {"relevant-source": "${nobody} = 1"}, name="idea").content.decode()
    assert "nobody" in told
    told = paola.post(
        "expression", {"relevant-source": "${sector} = 'culture'"}, name="idea"
    ).content.decode()
    assert "«In quale settore?» è «Cultura»" in told
    wrong = {
        "relevant-mode": "written",
        "relevant-source": "${idea} +",
        "required-mode": "never",
        **paola.seen(marks.question("idea")),
    }
    page = paola.post("logic", wrong, name="idea").content.decode()
    assert "${idea} +" in page
    assert paola.definition.by_name["idea"].relevant == ""


def test_a_condition_that_leads_back_to_itself_is_refused(paola):
    sent = {
        "relevant-mode": "written",
        "relevant-source": "${idea} = 'x'",
        "required-mode": "never",
        **paola.seen(marks.question("title")),
    }
    paola.post("logic", sent, name="title")
    back = {
        "relevant-mode": "written",
        "relevant-source": "${title} = 'x'",
        "required-mode": "never",
        **paola.seen(marks.question("idea")),
    }
    page = paola.post("logic", back, name="idea").content.decode()
    assert "idea → title → idea" in page or "title → idea → title" in page


def test_limits_bring_words_in_each_language(paola):
    sent = {"how": "usual", "fewest": "10", "most": "500", **paola.seen(marks.question("idea"))}
    paola.post("limits", sent, name="idea")
    idea = paola.definition.by_name["idea"]
    assert idea.constraint == "string-length(.) >= 10 and string-length(.) <= 500"
    assert idea.constraint_message == {
        "it": "Scrivete da 10 a 500 caratteri.",
        "en": "Write from 10 to 500 characters.",
    }
    wrong = {"how": "usual", "fewest": "600", "most": "500", **paola.seen(marks.question("idea"))}
    assert paola.post("limits", wrong, name="idea").status_code == 200


def limited(hand, **typed):
    return hand.post("limits", {"how": "usual", **typed, **hand.seen(marks.question("idea"))}, name="idea")


def test_an_official_number_is_picked_and_its_words_follow_it(paola):
    assert "Codici ufficiali, con le cifre di controllo" in paola.get("limits", name="idea").content.decode()
    limited(paola, pattern="email")
    limited(paola, pattern="is-iban", **{"constraint_message_it": "Scrivete un indirizzo e-mail."})
    idea = paola.definition.by_name["idea"]
    assert idea.constraint == "is-iban(.)"
    assert idea.constraint_message == {
        "it": "Non è un IBAN valido: controllatene ogni carattere. Gli spazi non contano.",
        "en": "This is not a valid IBAN: check each of its signs. Spaces do not matter.",
    }
    for typed, told in (("IT60X0542811101000000123457", True), ("IT60 X054 2811 1010 0000 0123 456", False)):
        problems = engine.check(paola.definition, {"idea": typed}, "it", today=clock.today(), now=clock.now())
        assert any("Non è un IBAN valido" in problem.message for problem in problems) is told
    # Words of one's own stay.
    limited(paola, pattern="is-partita-iva", **{"constraint_message_it": "Serve la partita IVA."})
    assert paola.definition.by_name["idea"].constraint_message["it"] == "Serve la partita IVA."


def test_a_shape_of_a_number_stays_where_it_stood_and_is_offered_nowhere_else(paola):
    assert "11 cifre" not in paola.get("limits", name="idea").content.decode()
    question = replace(paola.definition.by_name["idea"], constraint="regex(., '[0-9]{11}')")
    actions.change_question(paola.form, "idea", question, by=paola.person, **paola.seen("question:idea"))
    assert "11 cifre" in paola.get("limits", name="idea").content.decode()
    limited(paola, pattern="vat")
    assert paola.definition.by_name["idea"].constraint == "regex(., '[0-9]{11}')"


def test_translations_keep_what_each_typed(paola, marta):
    sent = {"key-0": "q:idea:label", "drawn-0": "What do you want to do that is new?", "text-0": "What is new?",
            "key-1": "q:title:label", "drawn-1": "What is it called?", "text-1": "Its name?"}  # fmt: skip
    marta.client.post(
        f"{marta.at('texts')}?to=en", {**sent, "text-0": "Martas words", "text-1": sent["drawn-1"]}
    )
    answer = paola.client.post(f"{paola.at('texts')}?to=en", sent)
    assert answer.status_code == 409
    assert "What is new?" in answer.content.decode()
    assert "Martas words" in answer.content.decode()
    labels = [paola.definition.by_name[name].label["en"] for name in ("idea", "title")]
    assert labels == ["Martas words", "Its name?"]


def test_choices_are_changed_ordered_added_and_taken_out(paola):
    sent = {"c-0-it": "Casa", "c-0-en": "Home", "c-0-name": "housing", "c-1-it": "Cultura", "c-1-en": "Culture",
            "c-1-name": "culture", "lines": "Lo sport", "down": "housing",
            **paola.seen(marks.choices("sectors"))}  # fmt: skip
    paola.post("list", sent, name="sectors")
    found = paola.definition.lists["sectors"]
    assert [(each.name, each.label["it"]) for each in found] == [
        ("culture", "Cultura"),
        ("housing", "Casa"),
        ("lo_sport", "Lo sport"),
    ]
    twice = {
        **sent,
        "c-1-name": "culture",
        "c-0-name": "culture",
        "lines": "",
        **paola.seen(marks.choices("sectors")),
    }
    assert paola.post("list", twice, name="sectors").status_code == 200
    assert paola.definition.lists["sectors"] == found


def test_removing_what_others_speak_of_is_told_and_stops_the_publication(paola):
    sent = {"relevant-mode": "and", "relevant-0-question": "sector", "relevant-0-operator": "=",
            "relevant-0-value": "culture", "required-mode": "never", **paola.seen(marks.question("idea"))}  # fmt: skip
    paola.post("logic", sent, name="idea")
    assert "Che cosa volete fare di nuovo?" in paola.get("remove", name="sector").content.decode()
    paola.post("remove", paola.seen(marks.branch("sector")), name="sector")
    paola.post("publish", paola.seen(marks.WHOLE))
    assert paola.form.versions.count() == 1
    assert FormDraft.objects.filter(form=paola.form).exists()


def test_publishing_leaves_answers_and_calls_with_their_version(paola, version):
    begun = ResponseFactory(version=version)
    call = CallFactory(programme=version.form.programme, form=version, title="Bando aperto")
    paola.post("change", question("idea", **paola.seen(marks.question("idea"))), name="idea")
    page = paola.get("publish").content.decode()
    assert "Bando aperto" in page
    paola.post("publish", paola.seen(marks.WHOLE))
    begun.refresh_from_db()
    call.refresh_from_db()
    assert (begun.version, call.form) == (version, version)
    assert paola.form.current.number == 2
    told = paola.client.get(reverse("questionnaires:compare", args=[paola.form.pk])).content.decode()
    assert "<del>" in told
    assert "<ins>" in told


def test_what_is_wrong_is_told_to_each_in_their_language(paola):
    actions.add_question(
        paola.form, Question("twice", "calculate", calculation="${nobody} * 2"), "after:idea", by=paola.person
    )
    assert "non c’è una domanda chiamata «nobody»" in paola.get("questions").content.decode()
    english = paola.client.get(paola.at("questions").replace("/it/", "/en/")).content.decode()
    assert "there is no question called “nobody”" in english


def test_another_name_is_read_as_one(paola):
    paola.post(
        "change",
        question(
            "idea_nuova",
            label_it="Che cosa volete fare di nuovo?",
            label_en="What do you want to do that is new?",
            **paola.seen(marks.question("idea")),
        ),
        name="idea",
    )
    page = paola.get("news").content.decode()
    assert "1 rinominata" in page
    assert "Aggiunta" not in page
    assert "<del>idea</del>" in page


def test_what_was_read_is_what_is_published(paola, marta):
    paola.post("change", question("idea", **paola.seen(marks.question("idea"))), name="idea")
    read = paola.seen(marks.WHOLE)
    marta.post("move", {"up": "idea"})
    paola.post("publish", read)
    assert paola.form.versions.count() == 1


def test_a_version_that_came_from_a_workbook_meanwhile_is_told(paola, version):
    paola.post("change", question("idea", **paola.seen(marks.question("idea"))), name="idea")
    assert "Pubblica la versione 2" in paola.get("publish").content.decode()
    FormVersionFactory(form=version.form, number=2)
    page = paola.get("publish").content.decode()
    assert "Pubblica la versione 3" in page
    assert "La versione 2 è stata pubblicata dopo" in page
    paola.post("publish", paola.seen(marks.WHOLE))
    assert paola.form.current.number == 3


def test_nothing_new_is_not_published(paola):
    paola.post("publish", paola.seen(marks.WHOLE))
    assert paola.form.versions.count() == 1


def test_the_preview_tries_the_logic_and_keeps_nothing(paola):
    sent = {"relevant-mode": "and", "relevant-0-question": "sector", "relevant-0-operator": "=",
            "relevant-0-value": "culture", "required-mode": "never",
            **paola.seen(marks.question("drawing"))}  # fmt: skip
    paola.post("logic", sent, name="drawing")
    assert "Un disegno" not in paola.get("preview", number=2).content.decode()
    paola.get("preview", number=1)
    paola.post("preview", {"sector": "culture", "_wish": "next", "_base": '{"sector": [0, "x"]}'}, number=1)
    assert "Un disegno" in paola.get("preview", number=2).content.decode()
    paola.post("preview", {"clear": "1"}, number=2)
    assert "Un disegno" not in paola.get("preview", number=2).content.decode()


def test_an_auditor_reads_versions_and_no_drafts(version, paola):
    auditor = Hand(holder(version.form.programme, "auditor"), version.form)
    assert auditor.get("questions").status_code == 404
    assert auditor.post("undo", {"seen": "1"}).status_code == 404
    assert auditor.client.get(reverse("questionnaires:compare", args=[version.form.pk])).status_code == 200


def test_whoever_lost_the_role_is_refused_by_the_action_too(version, paola):
    auditor = holder(version.form.programme, "auditor")
    with pytest.raises(actions.Refused):
        actions.move_question(version.form, "idea", way=-1, by=auditor)


@pytest.mark.parametrize("page", ["questions", "add", "texts", "lists", "settings", "news", "publish"])
def test_a_page_costs_few_queries_however_long_the_form(paola, page, django_assert_max_num_queries):
    for _copy in range(4):
        paola.post("double", {"double": "context"})
    paola.get(page)
    with django_assert_max_num_queries(12):
        assert paola.get(page).status_code == 200


@pytest.mark.parametrize("page", ["change", "logic", "limits", "place", "remove"])
def test_a_page_about_a_question_costs_few_queries(paola, page, django_assert_max_num_queries):
    paola.get(page, name="idea")
    with django_assert_max_num_queries(12):
        assert paola.get(page, name="idea").status_code == 200
