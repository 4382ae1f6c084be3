"""The editor: what is typed is kept, what applicants rely on is locked, what is public stays whole."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.calls.test_lifecycle import at, manager, ready, verbs
from tests.calls.test_public import document_of
from tests.factories.calls import AwardFactory, CallFactory, ConditionFactory, CriterionFactory, TrackFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.calls import actions
from vivaio.calls.models import Call, CallDocument
from vivaio.calls.states import CallState, ConditionKind
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def typed(response):
    """What a browser would send back from the page: every control as it stands."""
    found = response.context.get("rows")
    forms = [found.management_form, *found.forms] if found is not None else [response.context["form"]]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, dt.datetime):
                value = field.field.widget.format_value(value)
            if value is True:
                value = "on"
            if value is not None and value is not False and value != "":
                data[field.html_name] = value
    return data


def opened(call):
    call.state, call.opens_at = CallState.PUBLISHED, clock.now() - dt.timedelta(hours=1)
    call.save()
    return call


def section(client, call, name, **changes):
    """Open a section, change these controls, save."""
    address = at("edit", call, name)
    data = typed(client.get(address)) | changes
    response = client.post(address, {key: value for key, value in data.items() if value is not None})
    call.refresh_from_db()
    return response


def test_texts_are_written_in_every_language_and_saved_as_they_are(client):
    call = ready()
    manager(client, call)
    section(client, call, "texts", title="Nuovo titolo", title_en="New title", who="**Chi**", who_en="Who")
    assert (call.title, call.i18n["title_en"], call.i18n["who_en"]) == ("Nuovo titolo", "New title", "Who")
    assert Record.objects.get(subject_id=call.pk).fields == ["title", "who"]
    section(client, call, "texts", title_en=None)
    assert "title_en" not in call.i18n
    section(client, call, "texts")
    assert verbs(call) == ["calls.amended", "calls.amended"]


def test_texts_of_an_open_call_may_be_mended(client):
    call = opened(ready())
    manager(client, call)
    section(client, call, "texts", summary="Corretto")
    assert call.summary == "Corretto"


def test_what_applicants_rely_on_no_longer_changes_here_once_the_call_is_open(client):
    call = opened(ready(scoring_opens_at=None, scoring_closes_at=None))
    manager(client, call)
    before, who = call.closes_at, call.who
    later = before + dt.timedelta(days=2)
    section(client, call, "windows", closes_at=f"{later:%Y-%m-%dT%H:%M}", reviews_each="9")
    section(client, call, "texts", who="Altri")
    assert (call.closes_at, call.reviews_each, call.who) == (before, 3, who)
    assert verbs(call) == []


def test_windows_that_contradict_each_other_are_told_at_the_field(client):
    call = ready()
    manager(client, call)
    response = section(client, call, "windows", closes_at="2020-01-01T00:00")
    assert response.status_code == 200
    assert "closes_at" in response.context["form"].errors


@pytest.mark.parametrize("part", ["tracks", "conditions", "criteria", "awards"])
def test_terms_are_locked_from_the_opening_on(client, part):
    call = opened(ready())
    manager(client, call)
    page = client.get(at("edit", call, part)).content.decode()
    assert 'name="add"' not in page
    row = TrackFactory.build(call=call)
    with pytest.raises(Refused):
        actions.arrange(call, part, [actions.Line(row, ["title"])], by=None)
    with pytest.raises(Refused):
        actions.amend(call, {"tie_breaks": ["earlier_submission"]}, by=None)


def test_the_second_of_the_opening_locks(time_machine):
    call = ready(state=CallState.PUBLISHED)
    line = [actions.Line(call.tracks.get(), ["places"])]
    time_machine.move_to(call.opens_at - dt.timedelta(seconds=1), tick=False)
    actions.arrange(call, "tracks", line, by=None)
    time_machine.move_to(call.opens_at, tick=False)
    with pytest.raises(Refused):
        actions.arrange(call, "tracks", line, by=None)


def test_rows_are_added_changed_moved_and_removed_without_script(client):
    call = ready()
    call.tracks.all().delete()
    first, second = (
        TrackFactory(call=call, title="Primo"),
        TrackFactory(call=call, title="Secondo", position=1),
    )
    manager(client, call)
    address = at("edit", call, "tracks")
    data = typed(client.get(address)) | {"tracks-0-title": "Primo cambiato", "add": "1"}
    more = client.post(address, data)
    assert more.context["rows"].total_form_count() == 3
    assert "Primo cambiato" in more.content.decode()
    assert call.tracks.filter(title="Primo").exists()
    data = typed(more) | {
        "tracks-2-title": "Terzo",
        "tracks-2-title_en": "Third",
        "tracks-2-places": "7",
        "tracks-2-minimum_score": "55.5",
        "tracks-2-place_number": "1",
        "tracks-1-remove": "on",
        "tracks-0-place_number": "2",
    }
    assert client.post(address, data).status_code == 302
    rows = list(call.tracks.values_list("title", "places", "position"))
    assert rows == [("Terzo", 7, 0), ("Primo cambiato", 2, 1)]
    new = call.tracks.get(title="Terzo")
    assert (new.key, new.i18n["title_en"], new.minimum_score) == ("terzo", "Third", Decimal("55.5"))
    first.refresh_from_db()
    assert not call.tracks.filter(pk=second.pk).exists()
    assert verbs(call) == ["calls.amended"]


def test_a_wrong_row_is_told_and_the_others_keep_what_was_typed(client):
    call = ready()
    manager(client, call)
    response = section(client, call, "tracks", **{"tracks-0-title": "Cambiato", "tracks-0-places": "molti"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Cambiato" in page
    assert "molti" in page
    assert not call.tracks.filter(title="Cambiato").exists()


def test_a_public_call_keeps_what_its_publication_needed(client):
    call = ready(state=CallState.PUBLISHED)
    manager(client, call)
    response = section(client, call, "criteria", **{"criteria-0-weight": "50"})
    assert response.status_code == 200
    assert sorted(call.criteria.values_list("weight", flat=True)) == [40, 60]


def test_the_weights_typed_so_far_are_summed_by_the_server(client):
    call = ready()
    manager(client, call)
    data = typed(client.get(at("edit", call, "criteria"))) | {"criteria-0-weight": "35,5"}
    total = Decimal("35.5") + call.criteria.all()[1].weight
    page = client.post(at("weights", call), data).content.decode()
    assert f"{total.normalize()}".replace(".", ",") in page
    assert client.post(at("weights", call), {}).status_code == 200
    assert sum(call.criteria.values_list("weight", flat=True)) == 100


def test_what_each_score_means_is_kept_in_both_languages(client):
    call = ready()
    manager(client, call)
    section(
        client,
        call,
        "criteria",
        **{
            "criteria-0-word_1_it": "scarso",
            "criteria-0-word_1_en": "poor",
            "criteria-0-text_5_it": "Ottimo.",
        },
    )
    assert call.criteria.all()[0].descriptors == [
        {"value": 1, "word": {"it": "scarso", "en": "poor"}},
        {"value": 5, "text": {"it": "Ottimo."}},
    ]


def test_a_removed_criterion_leaves_the_tie_rule(client):
    call = ready()
    manager(client, call)
    kept, gone = call.criteria.all()
    section(
        client, call, "ties", deciding="raw_mean", step_1=f"criterion:{gone.key}", step_2="earlier_submission"
    )
    assert call.tie_breaks == [f"criterion:{gone.key}", "earlier_submission"]
    place = [kept, gone].index(gone)
    section(client, call, "criteria", **{f"criteria-{place}-remove": "on"})
    assert call.tie_breaks == ["earlier_submission"]


def test_the_same_thing_does_not_count_twice_in_the_tie_rule(client):
    call = ready()
    manager(client, call)
    response = section(
        client, call, "ties", deciding="raw_mean", step_1="earlier_submission", step_2="earlier_submission"
    )
    assert response.status_code == 200
    assert call.tie_breaks == []


@pytest.mark.parametrize(
    ("kind", "fields", "parameters"),
    [
        ("organisation_kind", {"kinds": ["cooperative", "startup"]}, {"kinds": ["cooperative", "startup"]}),
        (
            "seat",
            {"provinces": "mi, Mb", "municipalities": "Sesto San Giovanni"},
            {"provinces": ["MI", "MB"], "municipalities": ["Sesto San Giovanni"]},
        ),
        ("founded_after", {"date": "2015-01-01"}, {"date": "2015-01-01"}),
        (
            "age",
            {"least": "18", "most": "30", "on": "2027-01-31"},
            {"least": 18, "most": 30, "on": "2027-01-31"},
        ),
        ("age", {"most": "35"}, {"most": 35}),
        (
            "de_minimis",
            {"regime": "agriculture", "amount": "20.000", "reduces": "on"},
            {"regime": "agriculture", "amount": "20000.00", "reduces": True},
        ),
        ("one_each", {}, {}),
    ],
)
def test_a_condition_asks_for_what_its_kind_needs(client, kind, fields, parameters):
    call = ready()
    ConditionFactory(call=call, kind=ConditionKind.STAFF)
    manager(client, call)
    said = {f"conditions-0-{name}": value for name, value in fields.items()}
    section(client, call, "conditions", **{"conditions-0-kind": kind}, **said)
    condition = call.conditions.get()
    assert (condition.kind, condition.parameters) == (kind, parameters)
    assert section(client, call, "conditions").status_code == 302
    assert call.conditions.get().parameters == parameters


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Scrivi da quale età"),
        ({"least": "30", "most": "18"}, "Nessuno ha questa età"),
        ({"least": "-1"}, 'aria-invalid="true"'),
        ({"least": "18", "on": "2027-02-30"}, 'aria-invalid="true"'),
    ],
)
def test_a_condition_on_age_that_nobody_can_meet_is_refused(client, fields, words):
    call = ready()
    ConditionFactory(call=call, kind=ConditionKind.STAFF)
    manager(client, call)
    said = {f"conditions-0-{name}": value for name, value in fields.items()}
    response = section(client, call, "conditions", **{"conditions-0-kind": "age"}, **said)
    assert response.status_code == 200
    assert words in response.text
    assert call.conditions.get().kind == ConditionKind.STAFF


def test_a_condition_on_an_answer_names_questions_that_the_form_asks(client):
    call = ready()
    ConditionFactory(call=call, kind=ConditionKind.STAFF)
    manager(client, call)
    name = next(iter(call.form.questionnaire.by_name))
    for wrong in ("${nowhere} = 'yes'", f"${{{name}}} = = 3", ""):
        response = section(
            client, call, "conditions", **{"conditions-0-kind": "answer", "conditions-0-expression": wrong}
        )
        assert response.status_code == 200
    right = f"${{{name}}} != ''"
    section(client, call, "conditions", **{"conditions-0-kind": "answer", "conditions-0-expression": right})
    assert call.conditions.get().parameters == {"expression": right}


def test_a_call_says_what_its_voucher_buys_from_whom_and_by_when_and_everybody_reads_it(client):
    call = ready()
    AwardFactory(call=call, kind="voucher", title="Voucher")
    manager(client, call)
    said = {
        "awards-0-buys": ["consultancy", "training"],
        "awards-0-suppliers": "Studio <Bianchi>; IT 00743110157",
        "awards-0-lasts_months": "6",
    }
    section(client, call, "awards", **said)
    award = call.awards.get()
    assert (award.buys, award.lasts_months) == (["consultancy", "training"], 6)
    assert award.suppliers == [{"name": "Studio <Bianchi>", "code": "00743110157"}]
    page = client.get(reverse("calls:call", args=[call.programme.slug, call.slug])).content.decode()
    assert "Può acquistare: Consulenza, Formazione." in page
    assert "Da: Studio &lt;Bianchi&gt;." in page
    assert "Va richiesto entro 6 mesi dall’assegnazione." in page
    assert "00743110157" not in page, "a code may be a person's"
    changed = award.updated_at
    section(client, call, "awards")
    assert call.awards.get().updated_at == changed, "saved again as it stands, nothing changes"


@pytest.mark.parametrize(
    "wrong",
    [
        {"awards-0-suppliers": "Studio Bianchi"},
        {"awards-0-suppliers": "Studio Bianchi; 00743110158"},
        {"awards-0-suppliers": "\n".join("Studio Bianchi; 00743110157" for _n in range(31))},
        {"awards-0-last_day": "2027-01-31", "awards-0-lasts_months": "6"},
        {"awards-0-last_day": "9999-12-31"},
        {"awards-0-lasts_months": "0"},
        {"awards-0-lasts_months": "121"},
        {"awards-0-buys": ["yachts"]},
        {"awards-0-kind": "place", "awards-0-buys": ["training"]},
    ],
)
def test_what_no_voucher_can_mean_is_refused_and_kept_on_the_page(client, wrong):
    call = ready()
    AwardFactory(call=call, kind="voucher", title="Voucher")
    manager(client, call)
    assert section(client, call, "awards", **wrong).status_code == 200
    award = call.awards.get()
    assert (award.buys, award.suppliers, award.last_day, award.lasts_months) == ([], [], None, None)


def test_awards_take_money_as_people_write_it_and_dates_go_in_the_programmes_zone(client):
    call = ready(programme=ProgrammeFactory(time_zone="Europe/Lisbon"))
    AwardFactory(call=call)
    manager(client, call)
    section(client, call, "awards", **{"awards-0-amount": "5.000,00", "awards-0-kind": "prize"})
    assert call.awards.get().amount == Decimal("5000.00")
    section(client, call, "dates", **{"dates-0-title": "Incontro", "dates-0-at": "2027-01-10T18:00"})
    assert call.dates.get().at == dt.datetime(2027, 1, 10, 18, tzinfo=dt.UTC)


def test_the_comments_of_the_jury_are_promised_before_the_opening_and_locked_from_then(client):
    call = ready()
    manager(client, call)
    section(client, call, "comments", comments_needed="on")
    assert not call.comments_needed, "nobody would receive them"
    section(client, call, "comments", commenting="everybody", comments_needed="on", comment_least="80")
    promised = ("everybody", True, 80)
    assert (call.commenting, call.comments_needed, call.comment_least) == promised
    opened(call)
    section(client, call, "comments", commenting="nobody", comments_needed=None)
    assert (call.commenting, call.comments_needed, call.comment_least) == promised
    with pytest.raises(Refused):
        actions.amend(call, {"commenting": "nobody"}, by=holder(call.programme, "manager"))


def test_what_is_published_and_who_applies_are_chosen(client):
    call = ready()
    manager(client, call)
    section(client, call, "publication", disclosure="numbers", publish_scores=None, ranking_public_days="30")
    assert (call.disclosure, call.publish_scores, call.ranking_public_days) == ("numbers", False, 30)
    response = section(client, call, "applicants", applicant_kinds=["person", "organisation"])
    assert response.status_code == 302, response.context["form"].errors
    assert call.applicant_kinds == ["person", "organisation"]
    section(client, call, "applicants", applicant_kinds=[])
    assert call.applicant_kinds == ["person", "organisation"]


def test_forms_of_another_programme_cannot_be_chosen(client):
    call, other = ready(), ready()
    manager(client, call)
    versions = client.get(at("edit", call, "applicants")).context["form"].fields["form"].queryset
    assert other.form not in versions


def test_documents_are_added_by_their_content_and_removed_after_asking(client):
    call = ready()
    manager(client, call)
    address = at("edit", call, "documents")
    good = SimpleUploadedFile("regolamento.pdf", PDF, "application/pdf")
    client.post(address, {"title": "Regolamento", "file": good})
    document = call.documents.get()
    assert (document.title, document.content_type) == ("Regolamento", "application/pdf")
    remove = at("remove_document", call, document.pk)
    client.get(remove)
    assert call.documents.exists()
    client.post(remove, {"confirmed": "yes"})
    assert not call.documents.exists()
    assert verbs(call) == ["calls.document_added", "calls.document_removed"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("regolamento.pdf", b"<html><script>alert(1)</script></html>"),
        ("regolamento.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("disegno.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("vuoto.pdf", b""),
    ],
)
def test_hostile_documents_are_refused_in_words(client, name, content):
    call = ready()
    manager(client, call)
    page = client.post(at("edit", call, "documents"), {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not CallDocument.objects.exists()


def test_documents_of_another_call_are_not_removed_from_here(client):
    call, other = ready(), ready()
    document = document_of(other)
    manager(client, call)
    assert client.post(at("remove_document", call, document.pk)).status_code == 404


@pytest.mark.parametrize("part", ["tracks", "conditions", "criteria", "awards", "dates"])
def test_a_section_costs_the_same_whatever_it_holds(client, part):
    small, large = ready(), ready()
    for call, times in ((small, 1), (large, 6)):
        for _n in range(times):
            track = TrackFactory(call=call)
            ConditionFactory(call=call, track=track)
            CriterionFactory(call=call)
            AwardFactory(call=call, track=track)

    def cost(call):
        manager(client, call)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("edit", call, part)).status_code == 200
        return len(captured)

    assert cost(small) == cost(large)
    assert cost(large) <= 16


def test_mangled_rows_are_refused_without_harm(client):
    call = ready()
    manager(client, call)
    address = at("edit", call, "tracks")
    for data in (
        {},
        {"tracks-TOTAL_FORMS": "x"},
        {"tracks-TOTAL_FORMS": "999999", "tracks-INITIAL_FORMS": "0"},
    ):
        assert client.post(address, data).status_code in (200, 302)
        assert client.post(address, data | {"add": "1"}).status_code == 200
    assert call.tracks.count() == 1


@pytest.mark.parametrize("opens", ["0001-01-01T00:00", "1899-12-31T00:00"])
def test_a_window_in_a_year_out_of_reach_is_refused(client, opens):
    call = CallFactory(state=CallState.DRAFT)
    client.force_login(holder(call.programme, "manager"))
    before = call.opens_at
    window = {"opens_at": opens, "closes_at": "9999-12-31T23:59", "title": "Nuovo"}
    client.post(reverse("calls:create", args=[call.programme.slug]), window)
    client.post(reverse("calls:edit", args=[call.programme.slug, call.slug, "windows"]), window)
    call.refresh_from_db()
    assert (call.opens_at, Call.objects.count()) == (before, 1)
    assert client.get(reverse("calls:staff_list", args=[call.programme.slug])).status_code == 200


def test_a_row_is_added_beside_rows_that_hold_nonsense(client):
    criterion = CriterionFactory(call__state=CallState.DRAFT)
    client.force_login(holder(criterion.call.programme, "manager"))
    address = reverse("calls:edit", args=[criterion.call.programme.slug, criterion.call.slug, "criteria"])
    names = [field.html_name for form in client.get(address).context["rows"].forms for field in form]
    for count in ("²", "9" * 5000, "1"):
        sent = {
            **dict.fromkeys(names, "²"),
            "criteria-TOTAL_FORMS": count,
            "criteria-INITIAL_FORMS": "1",
            "add": "1",
        }
        assert client.post(address, sent).status_code == 200


def test_a_row_that_the_page_does_not_name_keeps_its_key(client):
    call = ready()
    manager(client, call)
    title, key = ConditionFactory(call=call).title, call.conditions.get().key
    section(client, call, "conditions", **{"conditions-0-row": "nothing", "conditions-0-title": title})
    assert call.conditions.count() == 2
    assert call.conditions.filter(key=key).count() == 1


@pytest.mark.parametrize("removed", [{"awards-0-remove": "on"}, {f"awards-{n}-remove": "on" for n in (0, 1)}])
def test_a_row_that_the_page_names_twice_is_one_row(client, removed):
    call = ready()
    manager(client, call)
    one, other = AwardFactory(call=call, position=0), AwardFactory(call=call, position=1)
    section(client, call, "awards", **{"awards-1-row": str(one.pk)}, **removed)
    assert set(call.awards.all()) <= {one, other}
    assert other in call.awards.all()
