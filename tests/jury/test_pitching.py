"""The pitch day: drawn or arranged, announced to all, and a screen that fills while scores arrive."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.pitching import PitchDayFactory, placed
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.jury.actions import scoring
from vivaio.jury.models import PitchDay
from vivaio.jury.pitching import actions, queries
from vivaio.jury.pitching.jobs import remind_of_pitches
from vivaio.jury.states import JurorState, PitchState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter as Letter
from vivaio.methods import lots

pytestmark = pytest.mark.django_db
TOTAL = 'vv-board-total">'


def contest(**fields):
    return PanelFactory(call=judging_call(kind="contest", **fields))


@pytest.fixture
def panel():
    made = contest(disclosure="everyone")
    for _number in range(4):
        eligible(made.call)
    return made


@pytest.fixture
def manager(panel):
    return holder(panel.call.programme, "manager")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(panel, name, **more):
    where = {"programme": panel.call.programme.slug, "call": panel.call.slug}
    return reverse(f"jury:{name}", kwargs={**where, **more})


def order(day):
    return [one.application.number for one in queries.slots(day)]


def test_the_order_is_drawn_from_public_numbers_arranged_and_announced(panel, manager):
    client = signed_in(manager)
    sent = {"starts_at": "2031-05-06T10:00", "place": "Sala Alessi", "slot_minutes": 7, "pause_minutes": 3}
    assert client.post(at(panel, "pitch"), sent).status_code == 302
    day = panel.pitch_day
    assert order(day) == [1, 2, 3, 4]
    client.post(at(panel, "pitch_draw"), {"seed": " 12  7 44 "})
    drawn = [int(one.entrant) for one in lots.draw("12 7 44", [1, 2, 3, 4])]
    assert order(day) == drawn
    last = day.slots.last()
    client.post(at(panel, "pitch_shift", pk=last.pk, way="earlier"))
    assert order(day) == [drawn[0], drawn[1], drawn[3], drawn[2]]
    assert Client().get(at(panel, "pitch_public")).status_code == 404
    juror = JurorFactory(panel=panel)
    client.post(at(panel, "pitch_announce"))
    page = Client().get(at(panel, "pitch_public")).content.decode()
    assert "Sala Alessi" in page
    assert "10:00" in page
    assert "10:10" in page
    assert "12 7 44" in page
    assert set(Letter.objects.values_list("letter", flat=True)) >= {"jury.pitch_team", "jury.pitch_juror"}
    assert Letter.objects.filter(person=juror.person.pk, letter="jury.pitch_juror").count() == 1
    with pytest.raises(Refused):
        actions.draw(day, "1", by=manager)


def test_a_place_is_computed_and_goes_into_the_calendar(panel):
    start = timezone.now() + dt.timedelta(days=1)
    day = placed(
        PitchDayFactory(panel=panel, state="announced", starts_at=start, slot_minutes=5, pause_minutes=1)
    )
    slot = queries.slots(day)[2]
    assert slot.begins_at == start + dt.timedelta(minutes=12)
    team = signed_in(slot.application.created_by)
    page = team.get(reverse("jury:pitch_team", args=[slot.application_id]))
    assert page.status_code == 200
    ics = team.get(reverse("jury:pitch_team_ics", args=[slot.application_id])).content.decode()
    assert "BEGIN:VEVENT" in ics
    assert "Sala Alessi" in ics
    other = queries.slots(day)[0].application
    assert team.get(reverse("jury:pitch_team", args=[other.pk])).status_code == 404


def test_a_juror_finds_who_presents_now_one_tap_from_the_sheet(panel):
    juror = JurorFactory(panel=panel)
    sheets = {
        one.pk: AssignmentFactory(juror=juror, application=one) for one in panel.call.applications.all()
    }
    start = timezone.now() - dt.timedelta(minutes=12)
    day = placed(PitchDayFactory(panel=panel, state="announced", starts_at=start))
    page = signed_in(juror.person).get(reverse("jury:pitch_juror", args=[panel.pk]))
    present = queries.slots(day)[1].application
    first = page.content.decode().index(reverse("jury:sheet", args=[panel.pk, sheets[present.pk].pk]))
    assert first < page.content.decode().index(
        reverse("jury:sheet", args=[panel.pk, sheets[queries.slots(day)[0].application_id].pk])
    )


def asked(client, day, mark=""):
    address = reverse("jury:pitch_board_lines", args=[day.screen])
    return client.get(address, headers={"If-None-Match": mark} if mark else {})


def test_the_screen_fills_and_costs_one_statement_while_nothing_changes(panel, django_assert_num_queries):
    first = panel.call.applications.get(number=1)
    sheets = [AssignmentFactory(juror=JurorFactory(panel=panel), application=first) for _n in range(3)]
    day = placed(PitchDayFactory(panel=panel, state="announced", board_hidden=False))
    screen = Client()  # nobody signs in on the screen in the room
    empty = asked(screen, day)
    assert "0/3" in empty.content.decode()
    with django_assert_num_queries(1):
        assert asked(screen, day, empty["ETag"]).status_code == 304
    scored(sheets[0], 5, 5)
    filled = asked(screen, day, empty["ETag"])
    assert filled.status_code == 200
    assert "1/3" in filled.content.decode()
    assert TOTAL + "100" not in filled.content.decode(), "a mean of one is what one juror gave"
    for sheet in sheets[1:]:
        scored(sheet, 5, 5)
    assert TOTAL + "100" in asked(screen, day, filled["ETag"]).content.decode()
    scored(sheets[0], 5, 1)  # a score changed in a sheet that was in already
    changed = asked(screen, day, filled["ETag"])
    assert changed.status_code == 200
    assert TOTAL + "84" in changed.content.decode()
    sheets[0].juror.state = JurorState.REMOVED
    sheets[0].juror.save()
    assert "2/2" in asked(screen, day, changed["ETag"]).content.decode()
    whole = Client().get(reverse("jury:pitch_board", args=[day.screen])).content.decode()
    assert "2/2" in whole, "the same without script"


def test_a_hidden_board_shows_how_many_sheets_are_in_and_no_score(panel, manager):
    first = panel.call.applications.get(number=1)
    scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=first), 5, 5)
    day = placed(PitchDayFactory(panel=panel, state="announced"))
    hidden = asked(Client(), day)
    assert "1/1" in hidden.content.decode()
    assert "vv-board-total" not in hidden.content.decode()
    signed_in(manager).post(at(panel, "pitch_show"), {"shown": "yes"})
    assert asked(Client(), day, hidden["ETag"]).status_code == 304, "jurors still score"
    assert signed_in(manager).get(at(panel, "pitch_live")).status_code == 200
    signed_in(manager).post(at(panel, "pitch_live"))
    assert Letter.objects.filter(letter="jury.board_live").count() == 1
    shown = asked(Client(), day, hidden["ETag"])
    assert shown.status_code == 200
    assert "vv-board-total" in shown.content.decode()
    signed_in(manager).post(at(panel, "pitch_new_screen"))
    assert asked(Client(), day).status_code == 404


def test_nobody_is_named_that_the_call_does_not_announce():
    panel = contest(disclosure="selected_organisations", publish_scores=False)
    one = eligible(panel.call, title="Cortili che cuciono")
    scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=one))
    day = placed(PitchDayFactory(panel=panel, state="announced", board_hidden=False))
    for page in (asked(Client(), day), Client().get(at(panel, "pitch_public"))):
        words = page.content.decode()
        assert "Cortili" not in words
        assert one.organisation.name not in words
    assert "vv-board-total" not in asked(Client(), day).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_announce_at_once_write_one_letter_to_each(panel, manager):
    day = placed(PitchDayFactory(panel=panel))
    outcomes = at_once(*[lambda: actions.announce(day, by=manager)] * 2)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert Letter.objects.filter(letter="jury.pitch_team").count() == 4


def test_the_day_before_teams_and_jurors_are_reminded_once_for_each_announcement(panel, manager):
    juror = JurorFactory(panel=panel, state=JurorState.ACCEPTED)
    starts = clock.now() + dt.timedelta(days=3)
    day = placed(PitchDayFactory(panel=panel, starts_at=starts, state=PitchState.ANNOUNCED, announcements=1))
    sent = Letter.objects.filter(letter__in=("jury.pitch_team_reminder", "jury.pitch_juror_reminder"))
    remind_of_pitches(0)
    assert not sent.exists(), "three days before is too soon"
    with clock.rehearsing(starts - dt.timedelta(hours=20)):
        remind_of_pitches(0)
        remind_of_pitches(0)
        assert sent.filter(letter="jury.pitch_team_reminder").count() == 4
        assert sent.get(letter="jury.pitch_juror_reminder").recipient_email == juror.person.email
        PitchDay.objects.filter(pk=day.pk).update(announcements=2)
        remind_of_pitches(0)
        assert sent.count() == 10
        PitchDay.objects.filter(pk=day.pk).update(announcements=3, state=PitchState.PREPARING)
        remind_of_pitches(0)
        assert sent.count() == 10, "a day that was taken back is not told of"


def test_a_day_too_far_away_to_be_told_is_refused(panel, manager):
    sent = {"starts_at": "9999-12-31T23:58", "slot_minutes": 7, "pause_minutes": 3}
    assert signed_in(manager).post(at(panel, "pitch"), sent).status_code == 422


def test_the_sign_that_no_text_holds_is_a_bad_request(panel, manager):
    day = placed(PitchDayFactory(panel=panel))
    assert Client().get("/it/jury/board/%00/").status_code == 400
    assert signed_in(manager).post(at(panel, "pitch_draw"), {"seed": "1\0"}).status_code == 400
    day.refresh_from_db()
    assert not day.seed


def test_a_mean_of_nothing_is_a_score_too(panel):
    panel.call.criteria.update(scale_min=0)
    panel.state = "closed"
    panel.save()
    first = panel.call.applications.get(number=1)
    scored(AssignmentFactory(juror=JurorFactory(panel=panel), application=first), 0, 0)
    day = placed(PitchDayFactory(panel=panel, state="announced", board_hidden=False))
    assert queries.board(day).lines[0].total == 0


def test_what_stood_on_the_screen_is_hidden_when_jurors_score_again(panel, manager):
    day = placed(PitchDayFactory(panel=panel, state="announced"))
    scoring.close(panel, reason="Tutti hanno votato", by=manager)
    actions.show(day, True, by=manager)
    assert not queries.of(panel).board_hidden
    until = timezone.now() + dt.timedelta(days=1)
    scoring.reopen(panel, until=until, reason="Una scheda mancava", by=manager)
    assert queries.of(panel).board_hidden
