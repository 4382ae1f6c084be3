"""Setting a programme up in the browser's forms: description, rows, amounts, look, publication."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.factories.calls import CallFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import PartnerFactory, PhaseFactory, ProgrammeFactory, holder
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.programmes import actions
from vivaio.programmes.models import Amount
from vivaio.programmes.states import ProgrammeState

pytestmark = pytest.mark.django_db
SECTIONS = ["edit", "phases", "partners", "areas", "amounts", "look", "publication"]


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano", languages=["it", "en"])


@pytest.fixture
def staff(client, programme):
    client.force_login(holder(programme, "manager"))
    return client


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at(name, programme, *more):
    return reverse(f"programmes:{name}", args=[programme.slug, *more])


def description(**given):
    return {
        "title_it": "Miracolo a Milano",
        "title_en": "Miracle in Milan",
        "time_zone": "Europe/Rome",
        "currency": "EUR",
        "languages": ["it", "en"],
        **given,
    }


def rows_of(*rows):
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


def test_the_description_is_saved_in_each_language_and_freshens_the_public_pages(staff, programme):
    before = programme.public_version
    answer = staff.post(at("edit", programme), description(tagline_en="In short", cup="b41b20000000001"))
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert (programme.title_en, programme.tagline, programme.tagline_en) == (
        "Miracle in Milan",
        "",
        "In short",
    )
    assert programme.cup == "B41B20000000001"
    assert programme.public_version > before
    record = Record.objects.get(verb="programmes.described")
    assert set(record.fields) == {"title", "tagline", "cup"}


def test_saving_the_same_again_changes_nothing(staff, programme):
    staff.post(at("edit", programme), description())
    programme.refresh_from_db()
    version = programme.public_version
    staff.post(at("edit", programme), description())
    programme.refresh_from_db()
    assert programme.public_version == version
    assert Record.objects.filter(verb="programmes.described").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_it": ""},
        {"cup": "ABC"},
        {"currency": "XXZ"},
        {"time_zone": "Mars/Olympus"},
        {"languages": []},
        {"starts_on": "2026-02-01", "ends_on": "2026-01-01"},
        {"starts_on": "ieri"},
        {"contact_email": "no"},
    ],
)
def test_a_wrong_description_is_refused_and_what_was_typed_stays(staff, programme, wrong):
    answer = staff.post(at("edit", programme), description(tagline_it="Scritto a lungo", **wrong))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Scritto a lungo" in body
    assert 'aria-invalid="true"' in body or "vv-error" in body


def test_a_language_added_gets_its_fields(staff, programme):
    staff.post(at("edit", programme), description(languages=["it", "en", "de"]))
    assert "title_de" in staff.get(at("edit", programme)).content.decode()
    programme.refresh_from_db()
    assert programme.languages == ["it", "en", "de"]


def test_phases_are_added_reordered_and_removed_in_one_go(staff, programme):
    first = PhaseFactory(programme=programme, key="ascolto", title="Ascolto", position=0)
    gone = PhaseFactory(programme=programme, key="via", title="Via", position=1)
    answer = staff.post(
        at("phases", programme),
        rows_of(
            {"key": first.key, "title_it": "Ascolto", "title_en": "Listening", "ORDER": 2},
            {"key": gone.key, "title_it": "Via", "ORDER": 3, "DELETE": "on"},
            {
                "key": "",
                "title_it": "Selezione",
                "starts_on": "2026-10-01",
                "ends_on": "2026-11-30",
                "ORDER": 1,
            },
        ),
    )
    assert answer.status_code == 302
    assert [(phase.key, phase.position) for phase in programme.phases.all()] == [
        ("selezione", 0),
        ("ascolto", 1),
    ]
    first.refresh_from_db()
    assert first.title_en == "Listening"


def test_a_phase_that_somebody_else_added_meanwhile_is_kept(staff, programme):
    PhaseFactory(programme=programme, key="altrui")
    staff.post(at("phases", programme), rows_of({"key": "", "title_it": "Mia", "ORDER": 1}))
    assert {phase.key for phase in programme.phases.all()} == {"altrui", "mia"}


def test_a_removed_phase_leaves_its_call_in_place(staff, programme):
    phase = PhaseFactory(programme=programme, key="via")
    call = CallFactory(programme=programme, phase=phase)
    staff.post(
        at("phases", programme), rows_of({"key": "via", "title_it": "Via", "ORDER": 1, "DELETE": "on"})
    )
    call.refresh_from_db()
    assert call.phase is None


def test_another_row_keeps_what_was_typed_and_saves_nothing(staff, programme):
    data = rows_of({"key": "", "title_it": "Appena scritta", "starts_on": "2026-10-01", "ORDER": ""})
    body = staff.post(at("phases", programme), data | {"another": "yes"}).content.decode()
    assert "Appena scritta" in body
    assert 'name="form-1-title_it"' in body
    assert not programme.phases.exists()


def test_rows_stand_closed_and_open_where_something_is_wrong_or_new(staff, programme):
    PhaseFactory(
        programme=programme, key="uno", title="Ricerca", starts_on="2026-10-01", ends_on="2026-12-07"
    )
    page = at("phases", programme)
    body = staff.get(page).content.decode()
    assert body.count("<details>") == 2  # what is stored, and the place of a new one
    assert "dal 1 ottobre al 7 dicembre 2026" in body.replace("\u00a0", " ")
    wrong = {
        "key": "uno",
        "title_it": "Ricerca",
        "starts_on": "2026-10-02",
        "ends_on": "2026-10-01",
        "ORDER": 1,
    }
    assert staff.post(page, rows_of(wrong)).content.decode().count("<details open>") == 1
    more = staff.post(page, rows_of(wrong) | {"another": "yes"}).content.decode()
    assert more.count("<details open>") == 1
    assert more.count("<details>") == 1


def test_two_phases_of_one_name_are_two(staff, programme):
    same = {"key": "", "title_it": "Percorso"}
    staff.post(at("phases", programme), rows_of({**same, "ORDER": 1}, {**same, "ORDER": 2}))
    assert [phase.key for phase in programme.phases.all()] == ["percorso", "percorso-2"]


def test_a_phase_that_ends_before_it_starts_is_refused(staff, programme):
    row = {"key": "", "title_it": "Storta", "starts_on": "2026-10-02", "ends_on": "2026-10-01", "ORDER": 1}
    answer = staff.post(at("phases", programme), rows_of(row))
    assert answer.status_code == 422
    assert "Storta" in answer.content.decode()


def test_partners_and_areas_reach_the_public_page(staff, programme):
    staff.post(
        at("partners", programme),
        rows_of({"key": "", "name": "Comune di Milano", "part": "promoter", "country": "it", "ORDER": 1}),
    )
    staff.post(at("areas", programme), rows_of({"key": "", "title_it": "Abitare", "ORDER": 1}))
    body = staff.get(reverse("desk:programme", args=[programme.slug])).content.decode()
    assert "Comune di Milano" in body
    assert "Abitare" in body
    assert programme.partners.get().country == "IT"


@pytest.mark.parametrize(
    "wrong", [{"part": "owner"}, {"part": ""}, {"name": ""}, {"country": "Italia"}, {"website": "::"}]
)
def test_a_wrong_partner_is_refused(staff, programme, wrong):
    row = {"key": "", "name": "Comune", "part": "promoter", "ORDER": 1, **wrong}
    assert staff.post(at("partners", programme), rows_of(row)).status_code == 422
    assert not programme.partners.exists()


@pytest.mark.parametrize(
    "broken", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "99999", "form-INITIAL_FORMS": "0"}]
)
def test_a_form_without_its_count_is_refused_without_harm(staff, programme, broken):
    PartnerFactory(programme=programme)
    for more in ({"x": "y"}, {"another": "yes"}):
        assert staff.post(at("partners", programme), broken | more).status_code in (200, 422)
    assert programme.partners.count() == 1


def state(staff, programme, **given):
    data = {"kind": "programmed", "amount": "2.093.886,13", "stated_on": "2020-01-31", **given}
    return staff.post(at("amounts", programme), data)


def test_amounts_are_typed_as_people_write_them_and_their_history_is_kept(staff, programme):
    assert state(staff, programme).status_code == 302
    assert state(staff, programme, amount="2,100,000.00", stated_on="2020-06-30").status_code == 302
    stated = list(programme.amounts.values_list("amount", "stated_on"))
    assert stated == [
        (Decimal("2093886.13"), dt.date(2020, 1, 31)),
        (Decimal("2100000.00"), dt.date(2020, 6, 30)),
    ]
    body = staff.get(at("amounts", programme)).content.decode()
    assert "2.093.886,13" in body
    assert "2.100.000,00" in body
    public = staff.get(reverse("desk:programme", args=[programme.slug])).content.decode()
    assert "2.100.000,00" in public
    assert "2.093.886,13" not in public


def test_an_amount_is_not_written_over(staff, programme):
    state(staff, programme)
    answer = state(staff, programme, amount="1,00")
    assert answer.status_code == 422
    assert "1,00" in answer.content.decode()
    assert Amount.objects.get().amount == Decimal("2093886.13")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount": "tanto"},
        {"amount": ""},
        {"kind": "x"},
        {"stated_on": ""},
    ],
)
def test_a_wrong_amount_is_refused(staff, programme, wrong):
    assert state(staff, programme, **wrong).status_code == 422
    assert not Amount.objects.exists()


def picture(name="logo.png", size=(40, 20)):
    content = io.BytesIO()
    Image.new("RGB", size, "#12392b").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio_and_a_way_out(staff, programme):
    answer = staff.post(at("look", programme), {"colour": "#ffcc00"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "1,4:1" in body or "1,5:1" in body
    assert "#ffcc00" in body
    programme.refresh_from_db()
    assert programme.colour == ""
    with pytest.raises(Refused):
        actions.change_look(programme, colour="#ffcc00", alt={}, by=None)


def test_the_colour_reaches_the_public_page_as_a_sheet(staff, programme, client):
    staff.post(at("look", programme), {"colour": "7A1F3D"})
    client.logout()
    page = client.get(reverse("desk:programme", args=[programme.slug])).content.decode()
    assert "/look.css" in page
    sheet = client.get(at("look_css", programme))
    assert sheet["Content-Type"].startswith("text/css")
    assert "#7a1f3d" in sheet.content.decode()


def test_a_logo_needs_words_is_shown_and_goes(staff, programme, client):
    assert staff.post(at("look", programme), {"logo": picture()}).status_code == 422
    answer = staff.post(at("look", programme), {"logo": picture(), "logo_alt_it": "Comune di Milano"})
    assert answer.status_code == 302
    served = staff.get(at("logo", programme))
    assert served["Content-Type"] == "image/png"
    assert b"".join(served).startswith(b"\x89PNG")
    page = staff.get(reverse("desk:programme", args=[programme.slug])).content.decode()
    assert 'alt="Comune di Milano"' in page
    staff.post(at("look", programme), {"without_logo": "on", "logo_alt_it": ""})
    assert staff.get(at("logo", programme)).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"%PDF-1.4\n%%EOF",
        b"",
        b"\x89PNG\r\n\x1a\nno",
    ],
)
def test_a_logo_is_what_its_content_says(staff, programme, content):
    upload = SimpleUploadedFile("logo.png", content, "image/png")
    answer = staff.post(at("look", programme), {"logo": upload, "logo_alt_it": "Logo"})
    assert answer.status_code == 422
    programme.refresh_from_db()
    assert not programme.logo


def test_the_look_of_a_draft_is_for_its_people_alone(staff, programme, client):
    staff.post(at("look", programme), {"colour": "#12392b", "logo": picture(), "logo_alt_it": "Logo"})
    staff.post(at("publication_act", programme, "take-back"), {"confirmed": "yes"})
    assert staff.get(at("logo", programme)).status_code == 200
    client.logout()
    assert client.get(at("logo", programme)).status_code == 404
    assert client.get(at("look_css", programme)).status_code == 404


def test_publishing_closing_and_taking_back_ask_first(staff, programme, client):
    for act, expected in (
        ("close", ProgrammeState.CLOSED),
        ("publish", ProgrammeState.PUBLISHED),
        ("take-back", ProgrammeState.DRAFT),
        ("publish", ProgrammeState.PUBLISHED),
    ):
        before = programme.state
        assert staff.get(at("publication_act", programme, act)).status_code == 200
        programme.refresh_from_db()
        assert programme.state == before, "looking at the question changes nothing"
        staff.post(at("publication_act", programme, act), {"confirmed": "yes"})
        programme.refresh_from_db()
        assert programme.state == expected
    assert staff.get(at("publication_act", programme, "explode")).status_code == 404


def test_a_draft_is_not_closed(programme):
    programme.state = ProgrammeState.DRAFT
    programme.save()
    with pytest.raises(Refused):
        actions.close(programme, by=None)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", ["secretary", "auditor", None])
def test_the_set_up_is_the_managers_alone(client, programme, section, role):
    client.force_login(holder(programme, role) if role else PersonFactory())
    assert client.get(at(section, programme)).status_code == 404


def test_actions_ask_for_the_permission_too(programme):
    auditor = holder(programme, "auditor")
    for attempt in (
        lambda: actions.describe(programme, plain={"cup": "X"}, texts={}, by=auditor),
        lambda: actions.set_phases(programme, [], removed=["a"], by=auditor),
        lambda: actions.change_look(programme, colour="#12392b", alt={}, by=auditor),
        lambda: actions.take_back(programme, by=auditor),
        lambda: actions.state_amount(
            programme,
            kind="programmed",
            amount=Decimal(1),
            currency="EUR",
            stated_on=dt.date(2026, 1, 1),
            by=auditor,
        ),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_costs_the_same_with_many_rows(
    staff, programme, section, django_assert_max_num_queries
):
    staff.get(at(section, programme))
    with django_assert_max_num_queries(12) as few:
        staff.get(at(section, programme))
        cost = len(few)
    for number in range(12):
        PhaseFactory(programme=programme)
        PartnerFactory(programme=programme)
        Amount.objects.create(
            programme=programme, kind="programmed", amount=number, stated_on=dt.date(2026, 1, 1 + number)
        )
    with django_assert_max_num_queries(cost + (1 if section == "amounts" else 0)):
        staff.get(at(section, programme))


def test_hostile_texts_stay_texts(staff, programme):
    hostile = "<img src=x onerror=alert(1)> {{ 7*7 }}"
    staff.post(at("edit", programme), description(title_it=hostile, description_it=hostile))
    for address in (at("edit", programme), reverse("desk:programme", args=[programme.slug])):
        body = staff.get(address).content.decode()
        assert "<img src=x" not in body
