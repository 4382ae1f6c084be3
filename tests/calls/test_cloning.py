"""A call as the basis of a new one: everything that it lays down, moved in time, and nothing that happened in it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from tests.factories.applications import handed_in
from tests.factories.jury import JurorFactory, judging_call
from tests.factories.mailroom import WordingFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from vivaio.calls.cloning import actions
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.journal.models import Record
from vivaio.jury.states import JurorState
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter, Wording
from vivaio.questionnaires.models import FormVersion

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")
OPENS = dt.datetime(2031, 5, 5, 12, tzinfo=ROME)
# Columns of a call that a copy does not take over as they are, each with its reason in `cloning.actions`.
ANEW = {*actions.LEFT, *actions.INSTANTS, "id", "created_at", "updated_at", "i18n"}


@pytest.fixture
def call():
    made = judging_call(state=CallState.PUBLISHED)
    made.opens_at = dt.datetime(2026, 2, 2, 9, tzinfo=ROME)
    made.closes_at = dt.datetime(2026, 4, 15, 12, tzinfo=ROME)
    made.i18n = {"title_en": "Ideas", "text_en": "All of it"}
    made.reviews_each, made.tie_breaks = 4, ["criterion:bisogno", "earlier_submission"]
    made.save()
    track = made.tracks.get()
    made.conditions.create(
        key="age", title="Età", kind="age", parameters={"least": 18, "on": "2026-02-02"}, track=track
    )
    made.awards.create(
        key="voucher", kind="voucher", title="Voucher", track=track, amount="500.00",
        buys=["training"], suppliers=[{"name": "Studio", "code": "00743110157"}], last_day=dt.date(2026, 12, 31),
    )  # fmt: skip
    made.dates.create(key="meeting", title="Incontro", at=dt.datetime(2026, 3, 28, 18, tzinfo=ROME))
    return made


def cloned(call, programme=None, **more):
    said = {
        "titles": {"it": "Di nuovo", "en": "Again"},
        "slug": "di-nuovo",
        "opens_at": OPENS,
        "by": None,
    } | more
    if said["by"] is None:
        said["by"] = holder(call.programme, "manager")
    return actions.clone(call, programme or call.programme, **said)


def test_every_column_and_every_row_comes_along(call):
    made = cloned(call)
    for column in Call._meta.concrete_fields:
        if column.name not in ANEW:
            assert getattr(made, column.attname) == getattr(call, column.attname), column.name
    assert (made.state, made.slug, made.title) == (CallState.DRAFT, "di-nuovo", "Di nuovo")
    assert made.i18n == {"title_en": "Again", "text_en": "All of it"}
    for name in ("tracks", "criteria", "conditions", "awards", "dates"):
        before, after = list(getattr(call, name).all()), list(getattr(made, name).all())
        assert [row.key for row in after] == [row.key for row in before]
        assert not {row.pk for row in before} & {row.pk for row in after}
    assert made.conditions.get().track == made.awards.get().track == made.tracks.get()
    assert Record.objects.get(verb="calls.cloned").subject_id == made.pk


def test_every_date_keeps_its_hour_and_its_distance(call):
    made = cloned(call)
    assert made.opens_at == OPENS
    # 72 days and 3 hours after the opening, by the clock on the wall: summer time changes nothing.
    assert made.closes_at == dt.datetime(2031, 7, 16, 15, tzinfo=ROME)
    assert made.dates.get().at == dt.datetime(2031, 6, 28, 21, tzinfo=ROME)
    assert made.conditions.get().parameters == {"least": 18, "on": "2031-05-05"}
    assert made.awards.get().last_day == dt.date(2032, 4, 1)
    assert (made.awards.get().buys, made.awards.get().suppliers) == (
        ["training"],
        call.awards.get().suppliers,
    )


def test_nothing_that_happened_comes_along(call):
    handed_in(call)
    JurorFactory(panel__call=call)
    made = cloned(call)
    assert not made.applications.exists()
    assert made.published_at is None
    assert not made.panel.jurors.exists()
    assert not OutgoingLetter.objects.exists()
    call.refresh_from_db()
    assert call.applications.count() == 1


def test_a_jury_is_set_up_alike_and_its_people_come_only_if_asked_for(call):
    juror = JurorFactory(panel__call=call, capacity=7)
    call.panel.tie_years = 3
    call.panel.save()
    made = cloned(call, jurors=True)
    assert made.panel.tie_years == 3
    seat = made.panel.jurors.get()
    assert (seat.email, seat.capacity, seat.state) == (juror.email, 7, JurorState.INVITED)
    assert OutgoingLetter.objects.get().letter == "jury.invitation"


def test_who_may_not_see_a_jury_takes_nobody_out_of_it(call):
    JurorFactory(panel__call=call)
    person, other = holder(call.programme, "evaluator"), ProgrammeFactory()
    RoleHoldingFactory(programme=other, person=person, role="manager")
    with pytest.raises(Refused):
        cloned(call, other, jurors=True, by=person)
    assert not cloned(call, other, by=person).panel.jurors.exists()


def test_own_words_of_letters_come_along(call):
    WordingFactory(owner=call.pk)
    made = cloned(call)
    assert Wording.objects.get(owner=made.pk).body == Wording.objects.get(owner=call.pk).body


def test_into_another_programme_the_form_and_not_the_phase(call):
    other = ProgrammeFactory()
    manager = holder(call.programme, "manager")
    RoleHoldingFactory(programme=other, person=manager, role="manager")
    first = cloned(call, other, by=manager)
    second = cloned(call, other, by=manager, slug="ancora")
    assert first.programme == other
    assert first.phase is None
    assert first.form.form.programme == other
    assert first.form.definition == call.form.definition
    assert second.form == first.form
    assert FormVersion.objects.filter(sha256=call.form.sha256).count() == 2


def test_who_may_not_begin_a_call_there_makes_none(call):
    with pytest.raises(Refused):
        cloned(call, ProgrammeFactory())
    with pytest.raises(Refused):
        cloned(call, by=holder(call.programme, "auditor"))
    assert Call.objects.count() == 1


def test_an_address_is_given_once(call):
    with pytest.raises(Refused):
        cloned(call, slug=call.slug)


def test_the_page_shows_every_date_before_it_makes_the_call(call, client):
    client.force_login(holder(call.programme, "secretary"))
    url = reverse("calls:clone", args=[call.programme.slug, call.slug])
    assert client.get(url).status_code == 200
    said = {
        "programme": call.programme_id,
        "title": "Di nuovo",
        "slug": "Di-Nuovo",
        "opens_at": "2031-05-05T12:00",
    }
    page = client.post(url, said | {"look": "yes"}).content.decode()
    assert "16 luglio 2031" in page
    assert Call.objects.count() == 1
    answer = client.post(url, said | {"make": "yes"})
    assert answer.url == reverse("calls:manage", args=[call.programme.slug, "di-nuovo"])
    again = client.post(url, said | {"make": "yes"}).content.decode()
    assert "C’è già un bando" in again
    assert Call.objects.count() == 2


@pytest.mark.parametrize("opens", ["", "9999-01-01T00:00", "domani"])
def test_an_opening_that_is_none_is_said(opens, call, client):
    client.force_login(holder(call.programme, "secretary"))
    url = reverse("calls:clone", args=[call.programme.slug, call.slug])
    said = {
        "programme": call.programme_id,
        "title": "Di nuovo",
        "slug": "x",
        "opens_at": opens,
        "make": "yes",
    }
    assert client.post(url, said).status_code == 200
    assert Call.objects.count() == 1


@pytest.fixture
def staged(call):
    """The call leads on to a pitch, four weeks after it has closed; its title begins with that of the call."""
    call.stage_name, call.going_on = "Preselezione", "threshold"
    call.i18n |= {"stage_name_en": "Pre-selection"}
    call.save()
    pitch = judging_call(
        programme=call.programme, state=CallState.DRAFT, follows=call, stage_name="Pitch",
        title=f"{call.title}: Pitch", i18n={"title_en": "Ideas: Pitch", "stage_name_en": "The pitch"},
    )  # fmt: skip
    pitch.opens_at = dt.datetime(2026, 5, 15, 9, tzinfo=ROME)
    pitch.closes_at = dt.datetime(2026, 5, 22, 12, tzinfo=ROME)
    pitch.save()
    pitch.conditions.create(key="visura", title="Visura vista", internal=True)
    return pitch


def test_later_stages_come_along_when_asked_for(call, staged):
    made = cloned(call, stages=True)
    copied = made.leads_on
    assert (made.stage_name, made.going_on, made.i18n["stage_name_en"]) == (
        "Preselezione", "threshold", "Pre-selection",
    )  # fmt: skip
    assert (copied.stage_name, copied.follows, copied.state) == ("Pitch", made, CallState.DRAFT)
    assert copied.title == "Di nuovo: Pitch"
    assert copied.i18n["title_en"] == "Again: Pitch"
    assert copied.opens_at - made.opens_at == dt.timedelta(days=102)  # by the clock on the wall
    assert copied.opens_at.astimezone(ROME).hour == 12
    assert [one.key for one in copied.conditions.all()] == ["visura"]
    assert copied.criteria.count() == staged.criteria.count()
    assert copied.slug == "di-nuovo-pitch"
    assert Record.objects.filter(verb="calls.cloned").count() == 2
    assert cloned(made, slug="ancora", stages=True).leads_on.slug == "ancora-pitch"


def test_later_stages_stay_behind_otherwise(call, staged):
    made = cloned(call)
    assert made.leads_on is None
    assert made.stage_name == ""
    assert Call.objects.count() == 3


def test_into_another_programme_the_stages_come_with_their_forms(call, staged):
    goal = ProgrammeFactory()
    by = holder(call.programme, "manager")
    RoleHoldingFactory(person=by, programme=goal, role="manager")
    made = cloned(call, goal, stages=True, by=by)
    assert made.leads_on.programme == goal
    assert made.leads_on.form is None or made.leads_on.form.form.programme == goal


def test_the_plan_tells_the_dates_of_every_stage(call, staged, client):
    client.force_login(holder(call.programme, "secretary"))
    url = reverse("calls:clone", args=[call.programme.slug, call.slug])
    assert 'name="stages"' in client.get(url).content.decode()
    said = {
        "programme": call.programme_id, "title": "Di nuovo", "slug": "di-nuovo", "opens_at": "2031-05-05T12:00",
        "stages": "on",
    }  # fmt: skip
    page = client.post(url, said | {"look": "yes"}).content.decode()
    assert "Pitch: " in page
    assert "tappe successive" in page.lower()
    client.post(url, said | {"make": "yes"})
    assert Call.objects.get(slug="di-nuovo").leads_on.stage_name == "Pitch"


def test_a_call_in_one_stage_is_asked_nothing_about_stages(call, client):
    client.force_login(holder(call.programme, "secretary"))
    url = reverse("calls:clone", args=[call.programme.slug, call.slug])
    assert 'name="stages"' not in client.get(url).content.decode()
