"""Jurors discuss once their own scores are in; a conflict keeps its juror away from all that could tell a place."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from tests.factories.blinding import blind_application, blind_call
from tests.factories.calls import TrackFactory
from tests.factories.discussing import Discussed
from tests.factories.jury import AssignmentFactory, ConflictFactory, eligible, scored
from tests.factories.programmes import RoleHoldingFactory, holder
from tests.jury.test_blinding import crawl, told
from tests.jury.test_panel import address
from vivaio.applications import actions as applications
from vivaio.calls.models import Call
from vivaio.calls.states import Discussing, Reviewing
from vivaio.journal.models import Record
from vivaio.jury import gathered as own
from vivaio.jury import jobs
from vivaio.jury.actions import ranking, scoring
from vivaio.jury.discussing import actions, gathered, queries, rules
from vivaio.jury.models import Discussion, Remark, Revision, Voice
from vivaio.jury.queries.scoring import scores_of
from vivaio.jury.recusing import actions as recusing
from vivaio.jury.states import Aside, DiscussionState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import gathering

pytestmark = pytest.mark.django_db


def page(jury, number, name="discussion", *more):
    found = Discussion.objects.get(application=jury.application)
    return reverse(f"jury:{name}", args=[jury.panel.pk, found.pk, *more])


def signed_in(client, jury, number):
    client.force_login(jury.jurors[number].person)
    return client


def test_a_saved_sheet_opens_nothing_and_a_confirmed_one_opens_the_discussion(client):
    jury = Discussed()
    jury.confirm(0)
    signed_in(client, jury, 1)
    assert client.get(page(jury, 1)).status_code == 404
    client.post(reverse("jury:confirm_scores", args=[jury.panel.pk, jury.sheets[1].pk]))
    answer = client.get(page(jury, 1))
    assert answer.status_code == 200
    assert b"Un forno di quartiere" in answer.content


def test_an_incomplete_sheet_is_not_confirmed():
    jury = Discussed()
    jury.sheets[0].scores.first().delete()
    jury.sheets[0].state = "started"
    jury.sheets[0].save()
    with pytest.raises(Refused):
        jury.confirm(0)


def test_a_confirmed_sheet_is_fixed(in_english):
    jury = Discussed()
    jury.confirm(0)
    criterion = jury.call.criteria.first()
    with pytest.raises(Refused, match="the sheet stays as it is"):
        scoring.save(jury.sheets[0], {criterion.pk: 5}, by=jury.jurors[0].person)


def test_only_confirmed_scores_are_shown_with_their_spread(client):
    jury = Discussed(discussing=Discussing.NAMED)
    jury.confirm(0, 1)
    body = signed_in(client, jury, 0).get(page(jury, 0)).content.decode()
    assert "Cognome1" in body
    assert "Cognome2" not in body
    assert ">68<" in body  # 100 less 32


def test_without_names_nobody_reads_who_scored_what_and_the_staff_does(client):
    jury = Discussed()
    jury.confirm(0, 1, 2)
    jury.say(1, "Il bisogno c’è: pagina 3.")
    body = signed_in(client, jury, 0).get(page(jury, 0)).content.decode()
    assert "Il bisogno c’è" in body
    assert "Cognome1" not in body
    assert "Cognome2" not in body
    client.force_login(jury.manager)
    staff = client.get(
        address(jury.call, "staff_discussion", pk=jury.application.discussion.pk)
    ).content.decode()
    assert "Cognome1" in staff


def test_a_message_is_text_and_nothing_else(client):
    jury = Discussed()
    jury.confirm(0)
    signed_in(client, jury, 0).post(page(jury, 0), {"text": "<script>alert(1)</script>\n<b>forte</b>"})
    body = client.get(page(jury, 0)).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;b&gt;forte" in body


def test_sent_twice_is_sent_once_and_an_empty_message_is_refused(client):
    jury = Discussed()
    jury.confirm(0)
    signed_in(client, jury, 0)
    for _time in range(2):
        client.post(page(jury, 0), {"text": "Una volta."})
    client.post(page(jury, 0), {"text": "  "})
    assert Remark.objects.count() == 1


def test_what_is_too_long_is_kept_as_a_draft(client):
    jury = Discussed()
    jury.confirm(0)
    signed_in(client, jury, 0).post(page(jury, 0), {"text": "a" * 5000})
    assert Remark.objects.count() == 0
    assert len(Voice.objects.get().draft) == 4000


def test_a_message_is_as_long_as_its_field_lets_it_be(client):
    """A browser counts the end of a line as one character, and sends two."""
    jury = Discussed()
    jury.confirm(0)
    signed_in(client, jury, 0).post(page(jury, 0), {"text": "a\r\n" * 2000})
    said = Remark.objects.get()
    assert said.text == ("a\n" * 2000).strip()
    changed = ("b\n" * 2000).strip()
    client.post(page(jury, 0, "remark", said.pk), {"text": changed.replace("\n", "\r\n")})
    said.refresh_from_db()
    assert said.text == changed


def test_a_draft_is_kept_for_its_writer_alone(client):
    jury = Discussed()
    jury.confirm(0, 1)
    sent = json.dumps({"changes": [{"path": "text", "value": "Bozza segreta"}]})
    answer = signed_in(client, jury, 0).post(
        page(jury, 0, "discussion_draft"), sent, content_type="application/json"
    )
    assert answer.status_code == 200
    assert "Bozza segreta" in client.get(page(jury, 0)).content.decode()
    assert "Bozza segreta" not in signed_in(client, jury, 1).get(page(jury, 1)).content.decode()


def test_words_are_mended_for_minutes_and_taken_back_with_a_trace(client):
    jury = Discussed()
    jury.confirm(0, 1)
    said = jury.say(0, "Prima versione")
    with pytest.raises(Refused):
        actions.edit(said, "Altri", by=jury.jurors[1].person, juror=jury.jurors[1])
    actions.edit(said, "Seconda versione", by=jury.jurors[0].person, juror=jury.jurors[0])
    with clock.rehearsing(clock.now() + dt.timedelta(minutes=16)):
        with pytest.raises(Refused):
            actions.edit(said, "Terza", by=jury.jurors[0].person, juror=jury.jurors[0])
        actions.take_back(said, by=jury.jurors[0].person, juror=jury.jurors[0])
    said.refresh_from_db()
    assert said.text == ""
    body = signed_in(client, jury, 1).get(page(jury, 1)).content.decode()
    assert "versione" not in body
    assert "ritirato" in body or "taken back" in body


def test_a_score_changes_only_where_the_call_allows_it_with_a_reason_and_the_first_is_kept(in_english):
    jury = Discussed(revising=True)
    jury.confirm(0, 1)
    first, second = jury.call.criteria.order_by("position")
    me = jury.jurors[0].person
    with pytest.raises(Refused, match="Write why"):
        actions.revise(jury.sheets[0], {first.pk: 4}, reason=" ", by=me)
    actions.revise(jury.sheets[0], {first.pk: 4, second.pk: 2}, reason="Avevo letto male.", by=me)
    kept = Revision.objects.get()
    assert (kept.before, kept.after, kept.reason) == (1, 4, "Avevo letto male.")
    counted = {(one.juror, one.criterion): one.value for one in scores_of(jury.application.track)}
    assert counted[jury.jurors[0].pk, first.key] == 4
    assert Record.objects.filter(verb="scores.revised").count() == 1
    with pytest.raises(Refused):
        actions.revise(jury.sheets[1], {first.pk: 4}, reason="Per lei", by=me)
    with pytest.raises(Refused):
        actions.revise(jury.sheets[0], {first.pk: 9}, reason="Troppo", by=me)


def test_where_the_call_does_not_allow_it_no_score_changes(in_english):
    jury = Discussed()
    jury.confirm(0)
    criterion = jury.call.criteria.first()
    with pytest.raises(Refused, match="stay as they were"):
        actions.revise(jury.sheets[0], {criterion.pk: 4}, reason="Vorrei", by=jury.jurors[0].person)


def test_the_ranking_waits_for_the_discussions_and_settling_it_ends_them(in_english):
    jury = Discussed(tie_breaks=["draw"], draw_source="Lotto")
    jury.confirm(0, 1)
    scoring.close(jury.panel, reason="Finito", by=jury.manager)
    jury.call = Call.objects.get(pk=jury.call.pk)
    with pytest.raises(Refused, match="still discussing"):
        ranking.compute(jury.call, by=jury.manager)
    ranking.draw(jury.call, "7 19 44", by=jury.manager)
    found = Discussion.objects.get()
    assert found.state == DiscussionState.CLOSED
    with pytest.raises(Refused, match="Lots have been drawn"):
        actions.reopen(found, by=jury.manager)
    with pytest.raises(Refused):
        jury.confirm(2)
    with pytest.raises(Refused):
        jury.say(0, "Ancora una cosa")


def test_no_page_leads_to_a_discussion_that_is_over(client, django_assert_max_num_queries):
    jury = Discussed(tie_breaks=["draw"], draw_source="Lotto")
    jury.confirm(0, 1)
    sheet = reverse("jury:sheet", args=[jury.panel.pk, jury.sheets[2].pk])
    mine = reverse("jury:discussions", args=[jury.panel.pk])
    confirm = reverse("jury:confirm_scores", args=[jury.panel.pk, jury.sheets[2].pk])
    apart = jury.scored(eligible(jury.call, title="Mai discussa"), (2, 2), (2, 1), (1, 1))
    never = reverse("jury:confirm_scores", args=[jury.panel.pk, apart[2].pk])
    signed_in(client, jury, 2)
    with django_assert_max_num_queries(12):
        assert confirm in client.get(sheet).content.decode()
    with django_assert_max_num_queries(12):
        assert never in client.get(mine).content.decode()
    actions.close(jury.application.discussion, by=jury.manager)
    assert confirm not in client.get(sheet).content.decode()
    assert never in client.get(mine).content.decode()
    scoring.close(jury.panel, reason="Finito", by=jury.manager)
    ranking.draw(Call.objects.get(pk=jury.call.pk), "7 19 44", by=jury.manager)
    assert never not in client.get(mine).content.decode()
    undiscussed = reverse("jury:sheet", args=[jury.panel.pk, apart[2].pk])
    with django_assert_max_num_queries(12):
        assert never not in client.get(undiscussed).content.decode()


def test_the_manager_closes_and_reopens_and_nobody_else(in_english):
    jury = Discussed(revising=True)
    found = jury.confirm(0, 1)
    for person in (
        jury.jurors[0].person,
        holder(jury.call.programme, "auditor"),
        holder(jury.call.programme, "secretary"),
    ):
        with pytest.raises(Refused):
            actions.close(found, by=person)
    actions.close(found, by=jury.manager)
    with pytest.raises(Refused):
        jury.say(0, "Troppo tardi")
    with pytest.raises(Refused):
        actions.revise(jury.sheets[0], {}, reason="", by=jury.jurors[0].person)
    actions.reopen(found, by=jury.manager)
    assert jury.say(0, "Di nuovo").pk
    assert actions.close_all(jury.panel, by=jury.manager) == 1


def test_the_auditor_reads_and_writes_nothing(client):
    jury = Discussed()
    found = jury.confirm(0)
    jury.say(0, "Letto da chi controlla")
    client.force_login(holder(jury.call.programme, "auditor"))
    where = address(jury.call, "staff_discussion", pk=found.pk)
    assert "Letto da chi controlla" in client.get(where).content.decode()
    client.post(where, {"text": "Anch’io"})
    assert Remark.objects.count() == 1


def test_the_staff_writes_as_the_office_of_the_call(client):
    jury = Discussed()
    found = jury.confirm(0)
    client.force_login(jury.manager)
    client.post(address(jury.call, "staff_discussion", pk=found.pk), {"text": "Guardate l’allegato 2."})
    body = signed_in(client, jury, 0).get(page(jury, 0)).content.decode()
    assert "Guardate l’allegato 2." in body
    assert str(jury.manager) not in body


class Conflicted:
    """A track with three discussed applications and one in between that the first juror is in conflict with.

    Juror 0 has confirmed a sheet on both of its neighbours, and on one in another track.
    """

    def __init__(self, discussing=Discussing.NAMED):
        self.jury = jury = Discussed(discussing=discussing)
        self.track = jury.application.track
        self.mine = eligible(jury.call, title="CONFLITTO mio", track=self.track)
        jury.scored(self.mine, (4, 4))  # scored before the conflict came out
        sheets = [
            scored(AssignmentFactory(juror=one, application=self.mine), 3, 3) for one in jury.jurors[1:]
        ]
        self.below = eligible(jury.call, title="Vicino di sotto", track=self.track)
        other_track = TrackFactory(call=jury.call, title="Altro percorso")
        self.apart = eligible(jury.call, title="In un altro percorso", track=other_track)
        self.found = [jury.confirm(0, 1, 2)]
        for application in (self.below, self.apart):
            given = jury.scored(application, (2, 2), (2, 1), (1, 1))
            self.found.append(jury.confirm(0, 1, 2, sheets=given))
        mine = Discussion.objects.create(application=self.mine)
        for sheet in sheets:
            actions.confirm(sheet, by=sheet.juror.person)
        for discussion, text in (
            (self.found[0], "PAROLE VICINE"), (self.found[1], "PAROLE SOTTO"),
            (self.found[2], "Parole lontane"), (mine, "PAROLE MIE"),
        ):  # fmt: skip
            jury.say(1, text, discussion)
        self.hidden = [mine, *self.found[:2]]

    def reached(self, client):
        signed_in(client, self.jury, 0)
        panel = self.jury.panel.pk
        return crawl(
            client,
            reverse("desk:home"),
            reverse("jury:desk", args=[panel]),
            reverse("jury:discussions", args=[panel]),
            reverse("jury:discussions", args=[panel]) + "?sort=-spread&export=csv",
        )


def conflict(world):
    ConflictFactory(juror=world.jury.jurors[0], application=world.mine)


def stepped(world):
    sheet = world.jury.jurors[0].assignments.get(application=world.mine)
    recusing.step_aside(sheet, Aside.CONFLICT, reason="È di mio fratello", by=world.jury.jurors[0].person)


@pytest.mark.parametrize("happens", [conflict, stepped])
def test_a_juror_in_conflict_reaches_neither_the_application_nor_what_could_stand_next_to_it(client, happens):
    world = Conflicted()
    before = " ".join(text for _status, text in world.reached(client).values())
    assert "PAROLE VICINE" in before
    assert "PAROLE MIE" not in before
    happens(world)
    pages = world.reached(client)
    everything = " ".join(text for _status, text in pages.values())
    for words in ("PAROLE MIE", "PAROLE VICINE", "PAROLE SOTTO"):
        assert words not in everything
    assert "Parole lontane" in everything
    assert {path: status for path, (status, _text) in pages.items() if status >= 500} == {}
    panel = world.jury.panel.pk
    for found in world.hidden:
        assert client.get(reverse("jury:discussion", args=[panel, found.pk])).status_code == 404
        assert client.get(reverse("jury:revise_scores", args=[panel, found.pk])).status_code == 404
        assert (
            client.post(reverse("jury:discussion", args=[panel, found.pk]), {"text": "Ciao"}).status_code
            == 404
        )
        with pytest.raises(Refused):
            world.jury.say(0, "Ciao", found)
    listed = told(client.get(reverse("jury:discussions", args=[panel]) + "?export=csv"))
    assert "In un altro percorso" in listed
    assert "Vicino di sotto" not in listed
    assert "Un forno di quartiere" not in listed


def test_what_is_withheld_is_the_same_wherever_the_application_in_conflict_stands(client):
    """First, last or in between: what the juror reaches does not depend on its scores."""
    seen = set()
    for scores in ((5, 5), (3, 3), (1, 1)):
        world = Conflicted()
        conflict(world)
        for sheet in world.mine.assignments.exclude(juror=world.jury.jurors[0]):
            scored(sheet, *scores)
        listed = queries.of_juror(world.jury.jurors[0]).values_list("application__title", flat=True)
        seen.add(tuple(sorted(listed)))
    assert seen == {("In un altro percorso",)}


def test_who_steps_aside_for_lack_of_time_still_discusses_the_others(client):
    world = Conflicted()
    sheet = world.jury.jurors[0].assignments.get(application=world.mine)
    recusing.step_aside(sheet, Aside.TIME, reason="", by=world.jury.jurors[0].person)
    titles = set(queries.of_juror(world.jury.jurors[0]).values_list("application__title", flat=True))
    assert titles == {"In un altro percorso", "Vicino di sotto", "Un forno di quartiere"}


def test_a_manager_who_sits_on_the_jury_reads_as_a_juror_alone(client):
    world = Conflicted()
    conflict(world)
    RoleHoldingFactory(
        programme=world.jury.call.programme, person=world.jury.jurors[0].person, role="manager"
    )
    everything = " ".join(
        text for path, (_s, text) in world.reached(client).items() if "/discussions/" in path
    )
    assert "PAROLE MIE" not in everything
    where = address(world.jury.call, "staff_discussion", pk=world.hidden[0].pk)
    assert client.get(where).status_code == 404


def test_the_daily_letter_counts_what_is_unread_once_and_forgets_who_came_in_conflict():
    world = Conflicted()
    jobs.tell_of_discussions(0)
    mine = OutgoingLetter.objects.filter(
        letter="jury.discussion_news", recipient_email=world.jury.jurors[0].email
    )
    assert mine.count() == 1
    assert "3" in mine.get().subject
    jobs.tell_of_discussions(0)
    assert mine.count() == 1
    conflict(world)
    with clock.rehearsing(clock.now() + dt.timedelta(days=1)):
        world.jury.say(2, "PAROLE NUOVE", world.found[0])
        jobs.tell_of_discussions(0)
    assert mine.count() == 1
    others = OutgoingLetter.objects.filter(letter="jury.discussion_news")
    assert all("PAROLE" not in one.text for one in others)


def test_what_was_read_is_not_told(client):
    jury = Discussed()
    jury.confirm(0, 1)
    jury.say(1, "Letto subito")
    assert b"data-vv-seen" in signed_in(client, jury, 0).get(page(jury, 0)).content
    client.post(page(jury, 0, "discussion_read"))
    assert b"data-vv-seen" not in client.get(page(jury, 0)).content
    jobs.tell_of_discussions(0)
    assert not OutgoingLetter.objects.filter(letter="jury.discussion_news").exists()


def test_the_list_puts_unread_first_then_the_widest_spread(client):
    jury = Discussed()
    jury.confirm(0, 1)
    close = eligible(jury.call, title="Quasi uguali")
    jury.confirm(0, 1, sheets=jury.scored(close, (3, 3), (3, 4)))
    signed_in(client, jury, 0)
    where = reverse("jury:discussions", args=[jury.panel.pk])

    def order():
        body = client.get(where).content.decode()
        return body.index("Quasi uguali") > body.index("Un forno di quartiere")

    assert order()
    jury.say(1, "Qui c’è qualcosa", close.discussion)
    assert not order()


def test_in_a_blind_review_nothing_of_a_discussion_tells_who_applies(client):
    call = blind_call(Reviewing.BLIND_TITLES)
    call.discussing = Discussing.NAMED
    call.save()
    jury = Discussed(call=call)
    application = blind_application(call, "Titolo SENTINELLA")
    jury.confirm(0, 1, sheets=jury.scored(application, (2, 2), (4, 4)))
    signed_in(client, jury, 0)
    pages = crawl(client, reverse("jury:discussions", args=[jury.panel.pk]))
    assert any(
        path.startswith(reverse("jury:discussion", args=[jury.panel.pk, application.discussion.pk]))
        for path in pages
    )
    assert not [path for path, (_s, text) in pages.items() if "SENTINELLA" in text]
    searched = client.get(
        reverse("jury:discussions", args=[jury.panel.pk]) + "?q=SENTINELLA"
    ).content.decode()
    assert f"/discussions/{application.discussion.pk}/" not in searched


def test_a_call_whose_jurors_do_not_discuss_shows_nothing_of_it(client, in_english):
    jury = Discussed(discussing=Discussing.NONE)
    with pytest.raises(Refused, match="do not discuss"):
        jury.confirm(0)
    body = signed_in(client, jury, 0).get(reverse("jury:desk", args=[jury.panel.pk])).content.decode()
    assert "/discussions/" not in body


def test_a_persons_data_holds_what_they_said_and_erasing_leaves_no_draft():
    jury = Discussed(revising=True)
    jury.confirm(0)
    jury.say(0, "Detto da me")
    actions.keep_draft(
        jury.application.discussion, "Non ancora", by=jury.jurors[0].person, juror=jury.jurors[0]
    )
    found = {}

    class Into:
        def section(self, key, _title, rows):
            found[key] = rows

    gathering.send(type(jury.jurors[0].person), person=jury.jurors[0].person, into=Into())
    assert [row["text"] for row in found["discussions"]] == ["Detto da me"]
    actions.forget(jury.jurors[0].person)
    assert not Voice.objects.exclude(draft="").exists()


def test_a_juror_taken_off_the_jury_reads_nothing_more(client):
    jury = Discussed()
    jury.confirm(0, 1)
    jury.jurors[0].state = "removed"
    jury.jurors[0].save()
    assert signed_in(client, jury, 0).get(page(jury, 0)).status_code == 404


def test_nobody_else_gets_in(client):
    jury = Discussed()
    jury.confirm(0)
    for person in (holder(jury.call.programme, "secretary"), jury.application.created_by):
        client.force_login(person)
        assert client.get(page(jury, 0)).status_code == 404
        where = address(jury.call, "staff_discussion", pk=jury.application.discussion.pk)
        assert client.get(where).status_code == 404


def test_what_was_said_goes_with_the_answers_that_it_is_about_and_its_writer_has_it_until_then():
    jury = Discussed(revising=True)
    jury.confirm(0, 1)
    said = jury.say(0, "Il quartiere ha già due forni.")
    juror = jury.jurors[0]
    actions.keep_draft(jury.application.discussion, "E poi", by=juror.person, juror=juror)
    sheet = jury.sheets[0]
    sheet.refresh_from_db()
    sheet.private_note = "Chiedere dei costi."
    sheet.save()
    criterion = jury.call.criteria.first()
    actions.revise(sheet, {criterion.pk: 4}, reason="Hanno ragione sui costi.", by=juror.person)
    assert [row["text"] for row in gathered.unsent(juror.person)] == ["E poi"]
    assert [row["note"] for row in own.notes(juror.person)] == ["Chiedere dei costi."]
    jury.application.state = "withdrawn"
    jury.application.save()
    applications.empty(jury.application.pk)
    kept = [*gathered.said(juror.person), *gathered.unsent(juror.person), *gathered.revised(juror.person)]
    words = " ".join(str(row.get("text", "")) + str(row.get("reason", "")) for row in kept)
    assert words.strip() == ""
    said.refresh_from_db()
    assert "cancellate" in rules.edit(said, juror.person), "nothing is left to change or to take back"
    assert own.notes(juror.person) == []
    assert [row["after"] for row in gathered.revised(juror.person)] == [4], "scores are acts, and stay"
