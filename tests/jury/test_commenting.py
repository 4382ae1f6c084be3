"""Comments of jurors: written beside the scores, read by a manager, released to the applicants."""

import json

import pytest
from django.urls import reverse

from tests.factories.api import program_of
from tests.factories.blinding import blind_sheet
from tests.factories.commenting import Commented, fresh
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from tests.jury.verdicts import Judged
from vivaio.applications import actions as applications
from vivaio.calls.states import Commenting
from vivaio.journal.models import Record
from vivaio.jury import timeline
from vivaio.jury.actions import assignment as assigning
from vivaio.jury.actions import scoring
from vivaio.jury.commenting import actions, gathered, queries
from vivaio.jury.models import Assignment, Comment
from vivaio.jury.states import AssignmentState, CommentState, JurorState, PanelState
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db
LONG = "Il bisogno è descritto bene, con dati del quartiere e voci di chi ci abita."


class Sheet:
    """A juror's sheet in a call that gives comments, scoring open."""

    def __init__(self, **fields):
        self.panel = PanelFactory(call=judging_call(commenting=Commenting.EVERYBODY, **fields))
        self.call = self.panel.call
        self.juror = JurorFactory(panel=self.panel)
        self.assignment = AssignmentFactory(juror=self.juror, application=eligible(self.call))
        self.criteria = {one.key: one for one in self.call.criteria.all()}

    @property
    def url(self):
        return reverse("jury:sheet", args=[self.panel.pk, self.assignment.pk])

    def autosave(self, client, **values):
        rows = [{"path": path, "value": value} for path, value in values.items()]
        url = reverse("jury:autosave", args=[self.panel.pk, self.assignment.pk])
        return client.post(url, json.dumps({"changes": rows}), content_type="application/json")

    def texts(self):
        return {
            key or "overall": text
            for key, text in self.assignment.comments.values_list("criterion__key", "text")
        }

    def now(self):
        self.assignment.refresh_from_db()
        return self.assignment.state


def letters(name):
    return OutgoingLetter.objects.filter(letter=f"jury.{name}")


def verbs():
    return list(Record.objects.values_list("verb", flat=True))


def applicant_of(application):
    """Somebody of the team."""
    person = PersonFactory()
    MembershipFactory(person=person, organisation=application.organisation)
    return person


# On the sheet


def test_a_sheet_asks_for_comments_only_where_the_call_gives_them(client):
    quiet, sheet = Sheet(), Sheet()
    quiet.call.commenting = Commenting.NOBODY
    quiet.call.save()
    client.force_login(quiet.juror.person)
    assert "comment-bisogno" not in client.get(quiet.url).content.decode()
    quiet.autosave(client, **{"comment-bisogno": "Testo."})
    assert not Comment.objects.exists()
    client.force_login(sheet.juror.person)
    page = client.get(sheet.url).content.decode()
    assert 'name="comment-bisogno"' in page
    assert 'name="overall"' in page


def test_comments_are_saved_as_typed_and_told(client):
    sheet = Sheet()
    client.force_login(sheet.juror.person)
    told = sheet.autosave(client, **{"comment-bisogno": LONG, "overall": "Riga uno.\r\nRiga due."}).json()
    assert sheet.texts() == {"bisogno": LONG, "overall": "Riga uno.\nRiga due."}
    assert "comment-bisogno-state" in told["html"]
    assert "overall-state" in told["html"]
    assert sheet.now() == AssignmentState.STARTED, "work that was begun is not given to somebody else"
    page = client.get(sheet.url).content.decode()
    assert LONG in page
    sheet.autosave(client, **{"comment-bisogno": ""})
    assert sheet.texts()["bisogno"] == ""


def test_without_obligation_the_scores_alone_complete_a_sheet_and_what_is_missing_is_told(client):
    sheet = Sheet()
    client.force_login(sheet.juror.person)
    client.post(
        sheet.url, {"score-bisogno": "4", "score-innovazione": "3", "comment-bisogno": LONG, "note": ""}
    )
    assert sheet.now() == AssignmentState.DONE
    assert dict(sheet.assignment.comments.values_list("criterion__key", "state")) == {
        "bisogno": CommentState.WRITTEN,
        "innovazione": CommentState.MISSING,
    }


def test_a_compulsory_comment_keeps_the_sheet_open_and_the_criterion_is_named(client, in_english):
    sheet = Sheet(comments_needed=True)
    client.force_login(sheet.juror.person)
    answer = client.post(
        sheet.url, {"score-bisogno": "4", "score-innovazione": "3", "comment-bisogno": LONG, "note": "Mia"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These criteria still want a comment: Innovazione" in page.replace("\n", " ")
    assert 'aria-describedby="comment-innovazione-e"' not in page or "Write a comment" in page
    assert sheet.now() == AssignmentState.STARTED
    assert sheet.texts() == {"bisogno": LONG}, "what was written is kept"
    assert "1 comment missing" in client.get(sheet.url).content.decode()
    sheet.autosave(client, **{"comment-innovazione": LONG})
    assert sheet.now() == AssignmentState.DONE
    sheet.autosave(client, **{"comment-innovazione": "  "})
    assert sheet.now() == AssignmentState.STARTED, "taken back, it is missing again"


def test_a_comment_has_the_length_that_the_call_asks_for(client, in_english):
    sheet = Sheet(comment_least=40)
    client.force_login(sheet.juror.person)
    scores = {"score-bisogno": "4", "score-innovazione": "3"}
    page = client.post(sheet.url, {**scores, "comment-bisogno": "Breve."}).content.decode()
    assert "Write at least 40 characters: there are 6." in page
    assert sheet.now() == AssignmentState.STARTED
    assert client.post(sheet.url, {**scores, "comment-bisogno": ""}).status_code == 302
    assert sheet.now() == AssignmentState.DONE, "none at all is allowed"


def test_an_unfinished_sheet_is_left_for_another_without_reproach(client):
    sheet = Sheet(comments_needed=True)
    client.force_login(sheet.juror.person)
    assert client.post(sheet.url, {"score-bisogno": "4"}).status_code == 302


def test_too_long_a_comment_is_told_and_the_others_are_kept(client):
    sheet = Sheet()
    client.force_login(sheet.juror.person)
    answer = client.post(sheet.url, {"comment-bisogno": "x" * 5001, "comment-innovazione": "Bene."})
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode(), "nothing typed is lost"
    assert sheet.texts() == {"innovazione": "Bene."}
    lines = "riga\r\n" * 900
    client.post(sheet.url, {"comment-bisogno": lines})
    assert sheet.texts()["bisogno"] == "riga\n" * 900, "a line's end is one character, as in the field"


def test_comments_freeze_with_the_scores(client):
    sheet = Sheet()
    client.force_login(sheet.juror.person)
    sheet.autosave(client, **{"comment-bisogno": "Prima."})
    sheet.panel.state = PanelState.CLOSED
    sheet.panel.save()
    assert sheet.autosave(client, **{"comment-bisogno": "Dopo."}).status_code == 409
    assert sheet.texts() == {"bisogno": "Prima."}
    page = client.get(sheet.url).content.decode()
    assert "Prima." in page
    assert '<textarea class="form-control" id="comment-bisogno"' not in page


def test_a_sheet_with_comments_is_not_taken_away_and_one_who_steps_aside_keeps_them_out():
    sheet = Sheet()
    scoring.save(sheet.assignment, {}, by=sheet.juror.person, comments={sheet.criteria["bisogno"].pk: LONG})
    with pytest.raises(Refused):
        assigning.take_away(sheet.assignment, by=holder(sheet.call.programme, "manager"))
    scored(sheet.assignment)
    assert queries.in_call(sheet.call).count() == 1
    Assignment.objects.update(state=AssignmentState.RECUSED)
    assert not queries.in_call(sheet.call).exists(), "kept, and counted no more"
    assert Comment.objects.count() == 1


def test_another_juror_never_reads_them(client):
    sheet = Sheet()
    other = JurorFactory(panel=sheet.panel)
    AssignmentFactory(juror=other, application=sheet.assignment.application)
    scoring.save(sheet.assignment, {}, by=sheet.juror.person, comments={None: LONG})
    client.force_login(other.person)
    assert client.get(sheet.url).status_code == 404
    own = Assignment.objects.get(juror=other)
    assert LONG not in client.get(reverse("jury:sheet", args=[sheet.panel.pk, own.pk])).content.decode()


# Read by a manager


def test_a_manager_reads_them_all_and_nobody_else_of_the_staff_acts(client):
    told = Commented()
    client.force_login(told.manager)
    page = client.get(address(told.call, "comments_of", pk=told.application.pk)).content.decode()
    for comment in told.comments():
        assert comment.text in page
        assert str(comment.assignment.juror) in page
    listed = client.get(address(told.call, "comments")).content.decode()
    assert listed.count("Testo ") == 10
    filtered = client.get(
        address(told.call, "comments") + "?criterion=bisogno&state=written"
    ).content.decode()
    assert filtered.count("Testo ") == 4
    auditor = holder(told.call.programme, "auditor")
    client.force_login(auditor)
    assert client.get(address(told.call, "comments")).status_code == 200
    comment = told.comment()
    assert client.post(address(told.call, "comment_ready", pk=comment.pk)).status_code == 404
    client.post(address(told.call, "comments_ready", pk=told.application.pk))
    assert told.comment().state == CommentState.WRITTEN
    for outsider in (told.jurors[0].person, PersonFactory()):
        client.force_login(outsider)
        assert client.get(address(told.call, "comments")).status_code == 404
        assert client.get(address(told.call, "comments_of", pk=told.application.pk)).status_code == 404


def test_nothing_is_said_of_comments_while_jurors_still_write(in_english):
    told = Commented()
    told.panel.state = PanelState.SCORING
    told.panel.save()
    with pytest.raises(Refused, match="still scoring"):
        actions.ready(told.comment(), by=told.manager)


def test_a_juror_is_asked_for_another_text_and_the_sheet_opens_for_it_alone(client, in_english):
    told = Commented()
    comment = told.comment()
    client.force_login(told.manager)
    ask = address(told.call, "comment_ask", pk=comment.pk)
    assert client.post(ask, {"reason": " "}).status_code == 422
    client.post(ask, {"reason": "Nomina una persona."})
    letter = letters("comment_rewrite").get()
    assert letter.recipient_email == told.jurors[0].email
    assert "Nomina una persona." in letter.text
    juror = told.jurors[0].person
    client.force_login(juror)
    page = client.get(reverse("jury:desk", args=[told.panel.pk])).content.decode()
    rewrite = reverse("jury:rewrite", args=[told.panel.pk, comment.pk])
    assert rewrite in page
    save = reverse("jury:rewrite_save", args=[told.panel.pk, comment.pk])
    typed = json.dumps({"changes": [{"path": "text", "value": "A metà"}]})
    assert client.post(save, typed, content_type="application/json").status_code == 200
    assert "A metà" in client.get(rewrite).content.decode(), "typing is kept"
    assert told.comment().text != "A metà", "and is not handed in"
    before = comment.text
    sheet = reverse("jury:sheet", args=[told.panel.pk, comment.assignment_id])
    client.post(sheet, {"score-bisogno": "1", "comment-bisogno": "Altro"})
    client.post(rewrite, {"text": "Un testo nuovo."})
    comment = told.comment()
    assert (comment.text, comment.earlier, comment.state) == ("Un testo nuovo.", before, CommentState.REVISED)
    assert list(
        comment.assignment.scores.order_by("criterion__position").values_list("value", flat=True)
    ) == [5, 4]
    assert client.post(rewrite, {"text": "Ancora."}).status_code == 422, "it opens once for each request"
    assert told.comment().text == "Un testo nuovo."
    assert {"comment.asked_anew", "comment.rewritten"} <= set(verbs())


def test_only_the_juror_rewrites_and_to_the_length_announced(client):
    told = Commented(comment_least=30)
    comment = told.comment()
    actions.ask(comment, reason="Più lungo.", by=told.manager)
    rewrite = reverse("jury:rewrite", args=[told.panel.pk, comment.pk])
    for person in (told.jurors[1].person, told.manager, PersonFactory()):
        client.force_login(person)
        assert client.post(rewrite, {"text": LONG}).status_code == 404
    client.force_login(told.jurors[0].person)
    assert client.post(rewrite, {"text": "Corto."}).status_code == 422
    client.post(rewrite, {"text": LONG})
    assert told.comment().text == LONG


def test_a_blind_juror_is_asked_without_a_name():
    sheet = scored(blind_sheet())
    call = sheet.juror.panel.call
    call.commenting = Commenting.EVERYBODY
    call.save()
    comment = Comment.objects.create(
        assignment=sheet, criterion=call.criteria.first(), text="Testo.", state=CommentState.WRITTEN
    )
    sheet.juror.panel.state = PanelState.CLOSED
    sheet.juror.panel.save()
    actions.ask(comment, reason="Riscrivi.", by=holder(call.programme, "manager"))
    letter = letters("comment_rewrite").get()
    assert sheet.application.applicant_name not in letter.text


def test_withholding_wants_a_reason_and_can_be_undone(client):
    told = Commented()
    comment = told.comment()
    with pytest.raises(Refused):
        actions.withhold(comment, reason="  ", by=told.manager)
    actions.withhold(comment, reason="Offensivo.", by=told.manager)
    assert told.comment().withheld_reason == "Offensivo."
    actions.ready(told.comment(), by=told.manager)
    assert told.comment().state == CommentState.READY
    assert {"comment.withheld", "comment.let_go"} <= set(verbs())


def test_comments_ready_are_read_again_when_scoring_reopens_and_they_change():
    told = Commented()
    told.read()
    told.panel.state, told.panel.scoring_closes_at = PanelState.SCORING, None
    told.panel.save()
    sheet = told.comment().assignment
    scoring.save(sheet, {}, by=told.jurors[0].person, comments={told.comment().criterion_id: "Cambiato."})
    assert told.comment().state == CommentState.WRITTEN


# Released


def test_nothing_is_released_before_the_outcome_is_told(client, in_english):
    told = Commented()
    told.adopt()
    told.read()
    with pytest.raises(Refused, match="not been told"):
        told.release()
    assert not letters("comments_released").exists()


def test_published_and_held_is_still_not_told(in_english):
    told = Commented()
    Judged.publish(told)
    told.read()
    with pytest.raises(Refused, match="not been told"):
        told.release()
    told.tell()
    assert told.release() == 5


def test_the_applicant_reads_them_by_criterion_without_names(client, in_english):
    told = Commented()
    told.publish()
    told.read()
    person = applicant_of(told.application)
    client.force_login(person)
    page = reverse("jury:outcome", args=[told.application.pk])
    before = client.get(page).content.decode()
    assert "Testo " not in before
    assert "you get a letter" in before
    assert client.get(reverse("jury:comments_pdf", args=[told.application.pk])).status_code == 404
    told.release()
    after = client.get(page).content.decode()
    for comment in told.comments():
        assert comment.text in after
        assert str(comment.pk) not in after
        assert str(comment.assignment_id) not in after
    for juror in told.jurors:
        assert juror.family_name not in after
        assert juror.email not in after
    letter = letters("comments_released").filter(recipient_email=person.email).get()
    assert "Testo " not in letter.text
    assert "#comments" in letter.text
    pdf = client.get(reverse("jury:comments_pdf", args=[told.application.pk]))
    assert pdf.content[:5] == b"%PDF-"
    assert pdf.content == client.get(reverse("jury:comments_pdf", args=[told.application.pk])).content
    client.force_login(applicant_of(told.other))
    assert client.get(page).status_code == 404
    assert client.get(reverse("jury:comments_pdf", args=[told.application.pk])).status_code == 404


def test_a_withheld_comment_is_not_recognisable(client):
    told = Commented()
    actions.withhold(told.comment(), reason="Offensivo.", by=told.manager)
    hidden = told.comment().text
    told.publish()
    told.read()
    assert told.release() == 4
    client.force_login(applicant_of(told.application))
    page = client.get(reverse("jury:outcome", args=[told.application.pk])).content.decode()
    assert hidden not in page
    assert "Offensivo" not in page


def test_all_is_read_before_it_goes_and_it_goes_once(in_english):
    told = Commented()
    told.publish()
    with pytest.raises(Refused, match="not been read"):
        told.release()
    actions.ask(told.comment(), reason="Riscrivi.", by=told.manager)
    told.read()
    with pytest.raises(Refused, match="being rewritten"):
        told.release()
    actions.rewrite(told.comment(), "Nuovo.", by=told.jurors[0].person)
    told.read()
    assert told.release() == 5
    with pytest.raises(Refused, match="already"):
        told.release()
    with pytest.raises(Refused):
        actions.withhold(told.comment(), reason="Tardi.", by=told.manager)
    assert letters("comments_released").filter(subject_id=told.entry("Ponte").pk).count() == 1


@pytest.mark.parametrize(
    ("commenting", "selected", "left_out"), [("everybody", 5, 5), ("not_selected", None, 5)]
)
def test_who_receives_is_what_the_call_announced(commenting, selected, left_out, in_english):
    told = Commented(Commenting(commenting))
    told.publish()
    for application, expected in ((told.application, selected), (told.other, left_out)):
        told.read(application)
        if expected is None:
            with pytest.raises(Refused, match="has a place"):
                told.release(application)
        else:
            assert told.release(application) == expected


def test_a_call_without_comments_releases_none(in_english):
    told = Commented()
    told.publish()
    told.read()
    told.call.commenting = Commenting.NOBODY
    told.call.save()
    with pytest.raises(Refused, match="no comments"):
        told.release()


def test_the_order_tells_nobody_apart():
    """Over many criteria the first place falls to each juror: the lot is drawn anew on each."""
    told = Commented()
    told.publish()
    firsts = set()
    for _turn in range(24):
        told.comments().update(state=CommentState.READY, place=None, released_at=None)
        told.release()
        for part in queries.released(told.application):
            if part.criterion is not None:
                firsts.add((part.criterion.key, part.comments[0]))
    assert len(firsts) == 4, "either juror comes first on either criterion"


def test_released_in_bulk_after_a_preview(client, in_english):
    told = Commented(Commenting.NOT_SELECTED)
    told.publish()
    told.read(told.application)
    told.read(told.other)
    client.force_login(told.manager)
    rows = [str(told.application.pk), str(told.other.pk)]
    preview = client.post(
        address(told.call, "comments_release"), {"act": "jury.release_comments", "row": rows}, follow=True
    )
    page = preview.content.decode()
    assert "5 comments, by letter to the team" in page
    assert "has a place" in page
    assert not letters("comments_released").exists()
    run = preview.redirect_chain[-1][0]
    client.post(run.rstrip("/") + "/carry-out/", follow=True)
    assert set(letters("comments_released").values_list("subject_id", flat=True)) == {
        told.entry("Ventola").pk
    }


def test_the_timeline_tells_of_the_release_once_it_was():
    told = Commented()
    told.publish()
    told.read()
    lines, _about = timeline.told(fresh(told.application))
    assert not [line for line in lines if "comment" in str(line.href)]
    told.release()
    lines, _about = timeline.told(fresh(told.application))
    assert [line for line in lines if "#comments" in line.href]


def test_comments_are_in_no_published_ranking_and_in_no_record(client):
    told = Commented(publish_scores=True, publish_juror_scores=True)
    told.publish()
    told.read()
    told.release()
    args = [told.call.programme.slug, told.call.slug]
    for name in ("public_ranking", "public_csv", "public_record"):
        answer = client.get(reverse(f"jury:{name}", args=args))
        assert answer.status_code == 200
        assert b"Testo " not in b"".join(answer) if answer.streaming else b"Testo " not in answer.content
    assert b"Testo " not in bytes(told.call.decision_record.content)


def test_own_data_hold_what_one_wrote_and_what_one_received():
    told = Commented()
    assert len(gathered.written(told.jurors[0].person)) == 6
    person = PersonFactory()
    told.application.person, told.application.organisation = person, None
    told.application.save()
    told.publish()
    told.read()
    assert gathered.received(person) == []
    told.release()
    assert len(gathered.received(person)) == 5


def test_a_juror_who_left_after_the_release_takes_nothing_from_the_applicant():
    told = Commented()
    told.publish()
    told.read()
    told.release()
    told.jurors[0].state = JurorState.REMOVED
    told.jurors[0].save()
    assert sum(len(part.comments) for part in queries.released(told.application)) == 5


def test_words_go_with_the_answers_that_they_are_about():
    told = Commented()
    actions.forget(told.application.pk)
    assert not told.comments().exists()
    assert told.comments(told.other).count() == 5


def test_they_go_whatever_erases_the_answers():
    """A withdrawn application, or one of a person who is erased, never comes to the ranking's own term."""
    told = Commented()
    told.application.state = "withdrawn"
    told.application.save()
    applications.empty(told.application.pk)
    assert not told.comments().exists()
    assert told.comments(told.other).count() == 5


# By the interface for programs


def test_a_juror_writes_and_an_applicant_reads_by_the_interface():
    sheet = Sheet(comments_needed=True)
    program = program_of(sheet.juror.person)
    path = f"/api/v1/jury/assignments/{sheet.assignment.pk}"
    scores = {"bisogno": 4, "innovazione": 3}
    body = {"scores": scores, "comments": {"bisogno": LONG, "overall": "Bene."}}
    answer = program.patch(path, json.dumps(body), content_type="application/json").json()
    assert answer["comments"] == {"bisogno": LONG, "overall": "Bene."}
    assert list(answer["comments_wanting"]) == ["innovazione"]
    assert sheet.now() == AssignmentState.STARTED
    answer = program.patch(
        path, json.dumps({"comments": {"innovazione": LONG}}), content_type="application/json"
    ).json()
    assert answer["comments_wanting"] == {}
    assert sheet.now() == AssignmentState.DONE
    wrong = program.patch(path, json.dumps({"comments": {"altro": "x"}}), content_type="application/json")
    assert wrong.status_code in (409, 422)


def test_the_interface_tells_released_comments_alone_and_no_juror():
    told = Commented()
    told.publish()
    person = applicant_of(told.application)
    path = f"/api/v1/applications/{told.application.pk}"
    assert program_of(person).get(path).json()["comments"] == []
    told.read()
    told.release()
    answer = program_of(person).get(path)
    parts = answer.json()["comments"]
    assert [part["criterion"] for part in parts] == ["bisogno", "innovazione", None]
    assert sum(len(part["comments"]) for part in parts) == 5
    for juror in told.jurors:
        assert str(juror.pk) not in answer.content.decode()
    staff = f"/api/v1/staff/programmes/{told.call.programme.slug}/calls/{told.call.slug}/comments"
    listed = program_of(told.manager).get(staff).json()
    assert listed["count"] == 10
    assert {one["state"] for one in listed["items"]} == {"released", "written"}
    assert program_of(person).get(staff).status_code == 404
