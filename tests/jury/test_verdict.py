"""The verdict: adopted by a named person on complete scores, taken back, written down in the minutes."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.applications import ProposalFactory
from tests.factories.jury import AssignmentFactory, ConflictFactory, scored
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.jury.verdicts import Judged
from tests.together import at_once
from vivaio.applications import actions as applications
from vivaio.applications.states import ApplicationState, ProposalState
from vivaio.journal import actions as journal
from vivaio.journal.models import Record
from vivaio.jury.actions import places, scoring
from vivaio.jury.actions import ranking as actions
from vivaio.jury.minutes import conflicts_on, eligibility_of, overriding_on
from vivaio.jury.models import ConflictDecision, Score
from vivaio.jury.states import AssignmentState, ConflictState, Outcome, PanelState, RankingState
from vivaio.kit.rules import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def judged():
    made = Judged(places=1, tie_breaks=["criterion:bisogno", "earlier_submission"])
    made.apply("Alba", (5, 5), (5, 4))
    made.apply("Brina", (4, 4), (4, 4))
    made.compute()
    return made


def page(judged, name, **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


def test_a_named_person_adopts_and_the_minutes_keep_what_was_adopted(judged):
    ranking = actions.adopt(judged.ranking(), by=judged.manager, note="Seduta del 3 marzo.")
    assert ranking.state == RankingState.ADOPTED
    assert ranking.adopted_by == judged.manager
    record = Record.objects.get(verb="jury.verdict_adopted")
    assert record.actor == judged.manager.pk
    read = PdfReader(io.BytesIO(bytes(ranking.minutes)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "it"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    text = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    for figure in ("Progetto Alba", "Progetto Brina", "94,00", "80,00", "Seduta del 3 marzo."):
        assert figure in text
    for person in (judged.manager, *(juror.person for juror in judged.jurors)):
        assert str(person) in text


def higher_score(judged, alba):
    Score.objects.filter(assignment__application=alba.application).update(value=2)


def sheet_reopened(judged, alba):
    alba.application.assignments.update(state=AssignmentState.STARTED)


def juror_gone(judged, alba):
    judged.jurors[0].delete()


def excluded(judged, alba):
    type(alba.application).objects.filter(pk=alba.application_id).update(state=ApplicationState.EXCLUDED)


def another_weight(judged, alba):
    judged.call.criteria.filter(key="bisogno").update(weight=10)


def more_places(judged, alba):
    alba.ranking.track.__class__.objects.filter(pk=alba.ranking.track_id).update(places=2)


@pytest.mark.parametrize(
    "change", [higher_score, sheet_reopened, juror_gone, excluded, another_weight, more_places]
)
def test_the_page_says_at_once_what_no_longer_stands_on_its_scores(client, judged, change):
    client.force_login(judged.manager)
    stale = "changed after the ranking was computed"
    assert stale not in client.get(page(judged, "ranking")).content.decode()
    change(judged, judged.entries()[0])
    journal.record("scores.changed", judged.call, programme=judged.call.programme_id)  # as every action does
    assert stale in client.get(page(judged, "ranking")).content.decode()


def test_the_page_takes_what_has_not_changed_as_it_is_and_adopting_computes_it_again(client, judged):
    client.force_login(judged.manager)
    alba = judged.entries()[0]
    type(alba).objects.filter(pk=alba.pk).update(score=12)
    assert (
        "changed after the ranking was computed" not in client.get(page(judged, "ranking")).content.decode()
    )
    with pytest.raises(Refused):
        actions.adopt(judged.ranking(), by=judged.manager, note="")


def test_the_minutes_say_who_was_kept_from_what(judged):
    alba, brina = (entry.application for entry in judged.entries())
    first, second = judged.jurors
    ConflictFactory(juror=first, application=alba)
    ConflictFactory(
        juror=second,
        application=brina,
        source="found",
        state=ConflictState.DISMISSED,
        decision_reason="Omonimia.",
    )
    said = " ".join(conflicts_on(judged.ranking()))
    assert f"{first} did not judge no. {alba.number}, Alba. Recorded by the staff." in said
    assert f"{second} and no. {brina.number}, Brina. Found in the records; set aside: Omonimia." in said


def test_the_minutes_tell_each_decision_about_a_conflict_with_who_took_it_and_why(judged):
    alba, manager = judged.entries()[0].application, judged.manager
    assert overriding_on(judged.ranking()) == []
    told = {"panel": judged.panel, "application": alba, "by": manager}
    ConflictDecision.objects.create(juror=judged.jurors[0], what="dismissed", reason="Omonimia.", **told)
    ConflictDecision.objects.create(what="cleared", reason="Visti di persona.", **told)
    aside, cleared = overriding_on(judged.ranking())
    assert str(manager) in aside
    assert str(judged.jurors[0]) in aside
    assert aside.endswith("Omonimia.")
    assert cleared.endswith("Visti di persona.")


def test_the_minutes_say_who_proposed_and_who_confirmed_where_two_decide(judged):
    alba = judged.entries()[0].application
    assert eligibility_of(judged.ranking()) == []
    ada, eva = (PersonFactory(given_name=name, family_name="Riva") for name in ("Ada", "Eva"))
    ProposalFactory(application=alba, proposed_by=ada, settled_by=eva, state=ProposalState.CONFIRMED)
    (said,) = eligibility_of(judged.ranking())
    assert said.endswith("Eligible, proposed by Ada Riva, confirmed by Eva Riva.")


def test_the_minutes_say_that_nobody_was_in_conflict(judged):
    assert conflicts_on(judged.ranking()) == ["No juror was in conflict with an application of this track."]


@pytest.mark.parametrize("name", ["adopt", "publish", "decide", "entry"])
def test_each_page_of_the_ranking_has_a_heading_of_its_own(client, judged, name):
    entry, ranking = judged.entries()[0], judged.ranking()
    more = {"adopt": {"pk": ranking.pk}, "publish": {}}.get(name, {"pk": entry.pk})
    client.force_login(judged.manager)
    html = client.get(page(judged, name, **more)).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html)[1]
    told = {
        "adopt": f"Adopt the verdict: {ranking.track}",
        "publish": "Publish the ranking",
        "decide": "Decide the outcome: Progetto Alba",
        "entry": "Progetto Alba",
    }
    assert heading == told[name]


def test_only_who_may_adopts_and_never_nobody(judged):
    for role in ("auditor", "secretary", "juror"):
        with pytest.raises(Refused, match="roles"):
            actions.adopt(judged.ranking(), by=holder(judged.call.programme, role))
    with pytest.raises(Refused, match="by a person"):
        actions.adopt(judged.ranking(), by=None)


def test_no_verdict_while_scoring_is_open(judged):
    judged.panel.state = PanelState.SCORING
    judged.panel.save()
    with pytest.raises(Refused, match="still open"):
        actions.adopt(judged.ranking(), by=judged.manager)


def change_a_score(judged):
    score = Score.objects.filter(assignment__application__title="Progetto Brina").first()
    score.value = 5
    score.save()


def swap_means(judged):
    # The same total with other means: the tie rule would look at other figures.
    sheets = Score.objects.filter(assignment__application__title="Progetto Alba", value=5)
    sheets.filter(criterion__key="bisogno").update(value=2)
    Score.objects.filter(assignment__application__title="Progetto Alba", criterion__key="innovazione").update(
        value=5
    )


def withdraw_one(judged):
    application = judged.entry("Brina").application
    applications.withdraw(application, by=application.created_by)


def find_a_conflict(judged):
    sheet = judged.jurors[0].assignments.first()
    sheet.state = AssignmentState.RECUSED
    sheet.save()


def admit_one_more(judged):
    judged.apply("Cima", (5, 5), (5, 5))


def add_a_place(judged):
    judged.track.places = 2
    judged.track.save()


@pytest.mark.parametrize(
    "change", [change_a_score, swap_means, withdraw_one, find_a_conflict, admit_one_more, add_a_place]
)
def test_what_changed_after_computing_is_computed_again_before_a_verdict(judged, change):
    change(judged)
    with pytest.raises(Refused, match="compute it again"):
        actions.adopt(judged.ranking(), by=judged.manager)
    judged.compute()
    actions.adopt(judged.ranking(), by=judged.manager)


def test_the_page_says_that_the_ranking_is_stale(client, judged):
    change_a_score(judged)
    client.force_login(judged.manager)
    assert "compute it again" in client.get(page(judged, "ranking")).content.decode()


def test_an_adopted_verdict_does_not_move(judged):
    actions.adopt(judged.ranking(), by=judged.manager)
    with pytest.raises(Refused, match="adopted already"):
        actions.adopt(judged.ranking(), by=judged.manager)
    with pytest.raises(Refused, match="no longer changes"):
        judged.compute()
    with pytest.raises(Refused, match="no longer change"):
        actions.decide(judged.entry("Alba"), Outcome.RESERVE, "Così.", by=judged.manager)
    with pytest.raises(Refused, match="verdict has been adopted"):
        scoring.reopen(judged.panel, until=None, reason="Manca una scheda.", by=judged.manager)
    application = judged.entry("Brina").application
    with pytest.raises(Refused, match="give up the place"):
        applications.withdraw(application, by=application.created_by)
    with pytest.raises(Refused, match="scored this application"):
        applications.undecide(application, by=judged.manager)
    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED


def test_a_verdict_taken_back_can_be_decided_and_adopted_again(client, judged):
    ranking = actions.adopt(judged.ranking(), by=judged.manager)
    client.force_login(judged.manager)
    url = page(judged, "take_back", pk=ranking.pk)
    assert client.get(url).status_code == 200
    assert judged.ranking().state == RankingState.ADOPTED
    assert client.post(url, {"confirmed": "yes"}).status_code == 302
    ranking = judged.ranking()
    assert (ranking.state, ranking.adopted_by, ranking.minutes) == (RankingState.PROVISIONAL, None, None)
    assert client.get(page(judged, "minutes", pk=ranking.pk)).status_code == 404
    actions.decide(judged.entry("Alba"), Outcome.NOT_SELECTED, "Ha rinunciato.", by=judged.manager)
    actions.adopt(judged.ranking(), by=judged.manager)
    assert Record.objects.filter(verb="jury.verdict_taken_back").count() == 1


def test_a_published_verdict_is_not_taken_back(judged):
    judged.publish()
    with pytest.raises(Refused, match="not published yet"):
        actions.take_back(judged.ranking(), by=judged.manager)


def test_a_track_where_nobody_applied_keeps_nothing_from_being_published(judged):
    empty = judged.add_track()
    actions.adopt(judged.ranking(), by=judged.manager)
    with pytest.raises(Refused, match="not adopted yet"):
        places.publish(judged.call, by=judged.manager)
    actions.take_back(judged.ranking(), by=judged.manager)
    judged.publish()
    assert judged.ranking(empty).state == RankingState.PUBLISHED


def test_the_minutes_are_taken_away_by_those_who_read_scores(client, judged):
    ranking = actions.adopt(judged.ranking(), by=judged.manager)
    for role, status in (("manager", 200), ("auditor", 200), ("secretary", 404)):
        client.force_login(holder(judged.call.programme, role))
        assert client.get(page(judged, "minutes", pk=ranking.pk)).status_code == status


def test_adopting_on_its_page(client, judged):
    client.force_login(judged.manager)
    url = page(judged, "adopt", pk=judged.ranking().pk)
    assert judged.manager.family_name in client.get(url).content.decode()
    assert client.post(url, {"note": "All'unanimità."}).status_code == 302
    assert judged.ranking().adoption_note == "All'unanimità."


@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_a_verdict_at_once_only_one_is_done(judged):
    ranking, application = judged.ranking(), judged.entry("Brina").application
    at_once(
        lambda: actions.adopt(ranking, by=judged.manager),
        lambda: applications.withdraw(application, by=application.created_by),
    )
    application.refresh_from_db()
    adopted = judged.ranking().state == RankingState.ADOPTED
    assert adopted == (application.state == ApplicationState.ADMITTED)


@pytest.mark.django_db(transaction=True)
def test_scoring_reopened_and_a_verdict_at_once_only_one_is_done(judged):
    until = judged.call.scoring_closes_at
    at_once(
        lambda: actions.adopt(judged.ranking(), by=judged.manager),
        lambda: scoring.reopen(judged.panel, until=until, reason="Manca una scheda.", by=judged.manager),
    )
    judged.panel.refresh_from_db()
    assert (judged.ranking().state == RankingState.ADOPTED) == (judged.panel.state == PanelState.CLOSED)


def test_a_sheet_scored_for_an_application_of_another_state_does_not_rank_it(judged):
    draft = judged.apply("Esclusa")
    scored(AssignmentFactory(juror=judged.jurors[0], application=draft), 5, 5)
    draft.state = ApplicationState.EXCLUDED
    draft.save()
    judged.compute()
    assert judged.names() == ["Alba", "Brina"]
