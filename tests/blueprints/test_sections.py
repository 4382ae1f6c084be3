"""Every section of what comes after a selection: brought, told, brought elsewhere and told again, byte by byte."""

import datetime as dt

import pytest

from tests.factories.analysing import set_up
from tests.factories.calls import AwardFactory, CallFactory
from tests.factories.experts import BankFactory, CompetenceFactory, ExpertFieldFactory
from tests.factories.jury import PanelFactory
from tests.factories.pitching import PitchDayFactory
from tests.factories.placing import PlacementRoundFactory
from tests.factories.programmes import holder
from vivaio.blueprints import actions, packing, queries
from vivaio.blueprints.reading import Unreadable
from vivaio.calls.models import Call
from vivaio.experts.models import PlacementRound
from vivaio.funding.models import Terms
from vivaio.initiatives.models import SharedMilestone
from vivaio.jury.models import Audience, PitchDay
from vivaio.jury.states import PitchState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.publishing.practices import actions as practices

pytestmark = pytest.mark.django_db
SECTIONS = ("forms", "calls", "experts", "needs", "milestones", "placements", "pitches", "money")


def shipped(name: str) -> bytes:
    return next(one.path for one in queries.shipped() if one.name == name).read_bytes()


@pytest.fixture
def programme():
    """A programme with all that follows a selection: bank, needs, placements, a contest with its day, practices."""
    found = actions.apply(shipped("socialimakers"), by=None).programme
    BankFactory(programme=found, hour_value="45.00")
    for place, key in enumerate(("legal", "finance")):
        words = {"title": key, "i18n": {"title_en": f"{key} (en)"}}
        field = ExpertFieldFactory(programme=found, key=key, position=place, **words)
        CompetenceFactory(field=field, key=f"{key}-one", position=0)
    set_up(found)
    SharedMilestone.objects.create(
        programme=found, key="dossier", title="Dossier", due_on=dt.date(2019, 5, 1)
    )
    PlacementRoundFactory(programme=found, title="Primavera", state="sent")
    PlacementRoundFactory(programme=found, title="Autunno", presentation="", answer_days=5)
    contest = CallFactory(programme=found, slug="contest", kind="contest", title="Contest", state="draft")
    AwardFactory(call=contest, key="voucher", kind="voucher", title="Voucher", amount="5000.00", quantity=1)
    day = PitchDayFactory(panel=PanelFactory(call=contest), slot_minutes=6, by_track=True, board_hidden=False)
    Audience.objects.create(day=day, is_open=True, places=120, online=True, answer_hours=48)
    closes = clock.now() + dt.timedelta(days=40)
    practices.collect(
        found, titles={"it": "Buone pratiche", "en": "Good practices"}, opens_at=clock.now(), closes_at=closes,
        by=holder(found, "manager"),
    )  # fmt: skip
    Terms.objects.create(programme=found, two_people=True, remind_days=20)
    return found


def elsewhere(text: str) -> bytes:
    """The same file for a programme of another name."""
    return text.replace("slug: socialimakers", "slug: altrove", 1).encode()


def test_each_section_elsewhere_gives_the_same_bytes(programme):
    first = queries.told(programme)
    again = queries.told(actions.apply(elsewhere(queries.written(first)), by=None).programme)
    for name in SECTIONS:
        assert queries.written({name: again[name]}) == queries.written({name: first[name]}), name


def test_the_form_of_the_shipped_collection_is_the_one_that_the_product_lays():
    miracolo = actions.apply(shipped("miracolo-a-milano"), by=None).programme
    collection = Call.objects.get(programme=miracolo, kind="practices")
    assert practices.lay_form(miracolo, by=holder(miracolo, "manager")) == collection.form


def test_what_is_each_rounds_and_days_own_stays_behind(programme):
    data = packing.kit(programme)
    assert {one["title"] for one in data["placements"]} == {"Primavera", "Autunno"}
    assert data["pitches"][0] == {
        "call": "contest", "starts_at": data["pitches"][0]["starts_at"], "slot_minutes": 6, "pause_minutes": 2,
        "by_track": True, "audience": {"places": 120, "online": True, "answer_hours": 48},
    }  # fmt: skip
    actions.apply(elsewhere(queries.written(data)), by=None)
    round_ = PlacementRound.objects.get(programme__slug="altrove", title="Primavera")
    assert (round_.state, round_.seed.split()[0]) == ("draft", "altrove")
    day = PitchDay.objects.get(panel__call__programme__slug="altrove")
    assert (day.state, day.board_hidden, day.place, day.audience.is_open) == ("preparing", True, "", False)
    assert Call.objects.get(programme__slug="altrove", kind="practices").form.form.key


def test_a_first_day_moves_rounds_and_pitch_days(programme):
    before = PitchDay.objects.get().starts_at
    start = dt.date(2030, 1, 7)
    made = actions.apply(elsewhere(queries.exported(programme)), by=None, start=start).programme
    moved = PitchDay.objects.get(panel__call__programme=made).starts_at
    shift = start - dt.date.fromisoformat(actions.first_day(queries.told(programme)))
    assert abs(moved - before - shift) <= dt.timedelta(hours=1, seconds=1), (
        "the hour of the day stays, summer or winter"
    )
    first, again = PlacementRound.objects.filter(title="Primavera").order_by("created_at")
    assert abs(again.offers_until - first.offers_until - shift) <= dt.timedelta(hours=1, seconds=1)


def test_applied_again_it_changes_nothing_and_what_was_announced_stands(programme):
    text = queries.exported(programme)
    assert actions.apply(text.encode(), by=None).written == []
    PitchDay.objects.update(state=PitchState.ANNOUNCED)
    with pytest.raises(Refused):
        actions.apply(text.replace("slot_minutes: 6", "slot_minutes: 9").encode(), by=None)
    with pytest.raises(Refused):
        actions.apply(text.replace("  answer_days: 7", "  answer_days: 9").encode(), by=None)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("- call: contest", "- call: altro", "«altro» non è un contest di questo file"),
        ("title: Autunno", "title: Primavera", "«Primavera» sta qui due volte"),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_line(programme, before, after, says):
    with pytest.raises(Unreadable, match=says):
        actions.apply(queries.exported(programme).replace(before, after, 1).encode(), by=None)


def test_days_that_are_not_announced_stay_with_who_runs_the_programme(programme):
    anyone = queries.told(programme, holder(programme, "juror"))
    assert not {"pitches", "placements"} & set(anyone)
    assert {"pitches", "placements"} <= set(queries.told(programme, holder(programme, "auditor")))


def voucher(programme, **said) -> str:
    """The same programme, whose contest announces one award with what it says besides."""
    Call.objects.filter(programme=programme, slug="contest").update(state="draft")
    data = queries.told(programme)
    contest = next(one for one in data["calls"] if one["slug"] == "contest")
    contest["awards"] = [
        {"key": "buys", "kind": "voucher", "quantity": 1, "title": {"it": "Voucher"}, **said}
    ]
    return queries.written(data)


def test_what_a_voucher_buys_ends_one_way_and_a_file_may_change_which(programme):
    for said in ({"last_day": "2031-01-31"}, {"lasts_months": 6}, {"last_day": "2031-02-28"}):
        found = actions.apply(voucher(programme, **said).encode(), by=None).programme
        award = found.calls.get(slug="contest").awards.get(key="buys")
        assert (str(award.last_day or ""), award.lasts_months) == (
            said.get("last_day", ""),
            said.get("lasts_months"),
        )
    with pytest.raises(Unreadable, match="non entrambi"):
        actions.apply(voucher(programme, last_day="2031-01-31", lasts_months=6).encode(), by=None)
    with pytest.raises(Unreadable, match="premio"):
        actions.apply(
            voucher(programme, lasts_months=6).replace("kind: voucher", "kind: place").encode(), by=None
        )


def test_the_codes_of_suppliers_are_checked_and_kept_as_claims_keep_them(programme):
    said = [{"name": "Studio", "code": "IT00743110157"}]
    found = actions.apply(voucher(programme, suppliers=said).encode(), by=None).programme
    award = found.calls.get(slug="contest").awards.get(key="buys")
    assert award.suppliers == [{"name": "Studio", "code": "00743110157"}]
    with pytest.raises(Unreadable, match="IT00743110158"):
        actions.apply(
            voucher(programme, suppliers=[{"name": "Studio", "code": "IT00743110158"}]).encode(), by=None
        )


def test_of_rounds_called_alike_the_newest_is_told_and_changed(programme):
    old = PlacementRound.objects.get(programme=programme, title="Primavera")
    newest = PlacementRoundFactory(programme=programme, title="Primavera", answer_days=9)
    text = queries.exported(programme)
    assert actions.apply(text.encode(), by=None).written == []
    actions.apply(text.replace("answer_days: 9", "answer_days: 8").encode(), by=None)
    newest.refresh_from_db()
    assert newest.answer_days == 8
    assert PlacementRound.objects.get(pk=old.pk).answer_days == old.answer_days
