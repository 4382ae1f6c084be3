"""From the scores to the ranking: what counts, ties, the minimum, and decisions that people take on it."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.jury import AssignmentFactory, scored
from tests.factories.programmes import holder
from tests.jury.verdicts import Judged
from vivaio.applications.states import ApplicationState
from vivaio.journal.models import Record
from vivaio.jury.actions import ranking as actions
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.rules import ranking as rules
from vivaio.jury.states import AssignmentState, Outcome
from vivaio.kit.rules import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page(judged, name="ranking", **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


def test_the_score_is_the_mean_of_the_jurors_weighted_totals():
    judged = Judged()
    judged.apply("Alba", (4, 5), (5, 3))
    judged.compute()
    (entry,) = judged.entries()
    # 40 * 4/5 + 60 * 5/5 = 92 and 40 * 5/5 + 60 * 3/5 = 76
    assert entry.score == 84
    assert entry.criteria == {"bisogno": "4.50", "innovazione": "4.00"}
    assert (entry.reviews, entry.position, entry.outcome) == (2, 1, Outcome.SELECTED)
    assert Record.objects.filter(verb="jury.ranking_computed").count() == 1


def test_a_sheet_begun_and_one_of_a_juror_in_conflict_do_not_count():
    judged = Judged(jurors=3)
    alba = judged.apply("Alba", (4, 4))
    begun = AssignmentFactory(juror=judged.jurors[1], application=alba)
    scored(begun, 1, 1)
    begun.state = AssignmentState.STARTED
    begun.save()
    recused = scored(AssignmentFactory(juror=judged.jurors[2], application=alba), 1, 1)
    recused.state = AssignmentState.RECUSED
    recused.save()
    judged.compute()
    (entry,) = judged.entries()
    assert (entry.score, entry.reviews) == (80, 1)


def test_an_application_that_nobody_scored_stands_last_and_keeps_the_verdict_from_being_adopted():
    judged = Judged(places=5)
    judged.apply("Non letta")
    judged.apply("Bassa", (1, 1), (1, 1))
    judged.compute()
    assert judged.names() == ["Bassa", "Non letta"]
    assert judged.outcomes() == [Outcome.NOT_SELECTED, Outcome.UNDECIDED]
    with pytest.raises(Refused, match="no complete score sheet"):
        actions.adopt(judged.ranking(), by=judged.manager)
    with pytest.raises(Refused, match="no outcome to decide"):
        actions.decide(judged.entry("Non letta"), Outcome.NOT_SELECTED, "Basta.", by=judged.manager)


def test_below_the_minimum_nobody_is_selected_and_places_stay_empty():
    judged = Judged(places=10, minimum=60)
    spin_offs = judged.add_track(places=9, minimum_score=60)
    for number in range(12):
        judged.apply(f"Cooperativa {number:02}", (5, 4), (4, 4 - number % 2))
    for number in range(8):
        judged.apply(f"Spin-off {number}", (3, 3 + number % 2), (3, 3), track=spin_offs)
    judged.apply("Spin-off debole", (3, 2), (3, 3), track=spin_offs)
    for application in judged.call.applications.all():
        application.submitted_at += dt.timedelta(seconds=application.number)
        application.save()
    judged.call.tie_breaks = ["earlier_submission"]
    judged.call.save()
    judged.compute()
    assert judged.outcomes().count(Outcome.SELECTED) == 10
    assert judged.outcomes().count(Outcome.RESERVE) == 2
    assert judged.outcomes(spin_offs) == [Outcome.SELECTED] * 8 + [Outcome.NOT_SELECTED]
    assert judged.names(spin_offs)[-1] == "Spin-off debole"
    assert judged.entries(spin_offs)[-1].score < 60


def test_whoever_reaches_the_minimum_exactly_is_selected():
    judged = Judged(minimum=60)
    judged.apply("Giusta", (3, 3), (3, 3))
    judged.compute()
    assert judged.entries()[0].score == 60
    assert judged.outcomes() == [Outcome.SELECTED]


@pytest.mark.parametrize(
    ("rule", "first", "by"),
    [
        (["criterion:bisogno", "earlier_submission"], "Bisogno", "criterion:bisogno"),
        (["criterion:innovazione", "earlier_submission"], "Innovazione", "criterion:innovazione"),
        (["earlier_submission"], "Innovazione", "earlier_submission"),
    ],
)
def test_the_calls_tie_rule_orders_equals_and_says_which_step_did(rule, first, by):
    judged = Judged(tie_breaks=rule)
    judged.apply("Innovazione", (2, 4), (2, 4))  # 40 * 2/5 + 60 * 4/5 = 64
    judged.apply("Bisogno", (5, 2), (5, 2))  # 40 + 24 = 64
    judged.compute()
    assert judged.names()[0] == first
    assert [entry.position for entry in judged.entries()] == [1, 2]
    assert {entry.tie for entry in judged.entries()} == {by}
    assert not any(entry.tied for entry in judged.entries())


def tied(**fields):
    """Three equals after one that is better, two places."""
    judged = Judged(places=2, **fields)
    judged.apply("Prima", (5, 5), (5, 5))
    for name in ("Alba", "Brina", "Cima"):
        judged.apply(name, (4, 4), (4, 4))
    judged.compute()
    return judged


def ordered(judged, *names):
    return [judged.entry(name).pk for name in names]


def test_a_tie_across_the_last_place_is_left_to_a_person_who_says_why():
    judged = tied()
    assert judged.outcomes() == [Outcome.SELECTED, *[Outcome.UNDECIDED] * 3]
    assert [entry.position for entry in judged.entries()] == [1, 2, 2, 2]
    with pytest.raises(Refused, match="put them in order first"):
        actions.adopt(judged.ranking(), by=judged.manager)
    order = ordered(judged, "Cima", "Alba", "Brina")
    with pytest.raises(Refused, match="Write why"):
        actions.order_tied(judged.ranking(), order, " ", by=judged.manager)
    actions.order_tied(judged.ranking(), order, "Sorteggio in seduta pubblica.", by=judged.manager)
    assert judged.names() == ["Prima", "Cima", "Alba", "Brina"]
    assert judged.outcomes() == [Outcome.SELECTED, Outcome.SELECTED, Outcome.RESERVE, Outcome.RESERVE]
    assert [entry.position for entry in judged.entries()] == [1, 2, 3, 4]
    actions.adopt(judged.ranking(), by=judged.manager)


@pytest.mark.parametrize(
    "names", [("Alba", "Brina"), ("Alba", "Alba", "Brina"), ("Prima", "Alba", "Brina"), ()]
)
def test_equals_are_put_in_order_all_at_once_and_nobody_else(names):
    judged = tied()
    with pytest.raises(Refused):
        actions.order_tied(judged.ranking(), ordered(judged, *names), "Così.", by=judged.manager)


def test_only_who_adopts_verdicts_puts_equals_in_order_or_computes():
    judged = tied()
    for role in ("auditor", "secretary", "juror"):
        person = holder(judged.call.programme, role)
        with pytest.raises(Refused, match="roles"):
            actions.order_tied(judged.ranking(), ordered(judged, "Alba", "Brina", "Cima"), "Così.", by=person)
        with pytest.raises(Refused, match="roles"):
            actions.compute(judged.call, by=person)


def test_an_outcome_decided_before_equals_are_put_in_order_stays_with_its_reason():
    judged = Judged(places=5)
    for name in ("Alba", "Brina"):
        judged.apply(name, (4, 4), (4, 4))
    judged.compute()
    actions.decide(judged.entry("Alba"), Outcome.NOT_SELECTED, "Doppio finanziamento.", by=judged.manager)
    actions.order_tied(judged.ranking(), ordered(judged, "Alba", "Brina"), "Sorteggio.", by=judged.manager)
    alba = judged.entry("Alba")
    assert (alba.outcome, alba.decision_reason) == (Outcome.NOT_SELECTED, "Doppio finanziamento.")
    assert alba.tie_reason == "Sorteggio."


def test_departing_from_what_the_ranking_proposes_takes_a_reason():
    judged = Judged(places=1, tie_breaks=["earlier_submission"])
    judged.apply("Alba", (5, 5), (5, 5))
    judged.apply("Brina", (4, 4), (4, 4))
    judged.compute()
    with pytest.raises(Refused, match="write why"):
        actions.decide(judged.entry("Brina"), Outcome.SELECTED, "", by=judged.manager)
    actions.decide(judged.entry("Brina"), Outcome.SELECTED, "Unica nel quartiere.", by=judged.manager)
    with pytest.raises(Refused, match="2 applications are selected for 1 places"):
        actions.adopt(judged.ranking(), by=judged.manager)
    actions.decide(judged.entry("Alba"), Outcome.NOT_SELECTED, "Finanziata altrove.", by=judged.manager)
    actions.adopt(judged.ranking(), by=judged.manager)
    assert judged.outcomes() == [Outcome.NOT_SELECTED, Outcome.SELECTED]


def test_no_decision_lets_in_whoever_is_below_the_minimum():
    judged = Judged(minimum=70)
    judged.apply("Bassa", (3, 3), (3, 3))
    judged.compute()
    for outcome in (Outcome.SELECTED, Outcome.RESERVE):
        with pytest.raises(Refused, match="minimum of 70:"):
            actions.decide(judged.entry("Bassa"), outcome, "È simpatica.", by=judged.manager)


def test_who_decides_on_a_line_computed_anew_is_told():
    judged = Judged()
    judged.apply("Alba", (5, 5), (5, 5))
    judged.compute()
    stale = judged.entry("Alba")
    judged.compute()
    with pytest.raises(Refused, match="computed again meanwhile"):
        actions.decide(stale, Outcome.RESERVE, "Così.", by=judged.manager)


def test_computing_again_takes_applications_that_changed_track_or_left():
    judged = Judged()
    other = judged.add_track()
    alba = judged.apply("Alba", (5, 5), (5, 5), track=other)
    brina = judged.apply("Brina", (4, 4), (4, 4))
    judged.compute()
    alba.track, brina.state = judged.track, ApplicationState.WITHDRAWN
    alba.save()
    brina.save()
    judged.compute()
    assert judged.names() == ["Alba"]
    assert judged.names(other) == []


def test_computing_again_asks_first_where_people_have_decided(client):
    judged = tied()
    client.force_login(judged.manager)
    assert client.post(page(judged, "compute")).status_code == 302
    actions.order_tied(
        judged.ranking(), ordered(judged, "Cima", "Alba", "Brina"), "Sorteggio.", by=judged.manager
    )
    asked = client.post(page(judged, "compute"))
    assert "3 applications were decided on" in asked.content.decode()
    assert judged.entry("Cima").position == 2
    client.post(page(judged, "compute"), {"confirmed": "yes"})
    assert [entry.position for entry in judged.entries()] == [1, 2, 2, 2]


def test_without_jury_or_criteria_there_is_nothing_to_compute(client):
    judged = Judged()
    judged.call.criteria.all().delete()
    with pytest.raises(Refused, match="no criteria"):
        judged.compute()
    judged.panel.jurors.all().delete()
    judged.panel.delete()
    judged.call.refresh_from_db()
    client.force_login(judged.manager)
    assert client.post(page(judged, "compute"), follow=True).status_code == 200
    assert not Ranking.objects.exists()


@pytest.mark.parametrize("number", [3, 60])
def test_the_page_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, number):
    judged = Judged(places=2, tie_breaks=["criterion:bisogno", "earlier_submission"])
    for index in range(number):
        judged.apply(f"A{index}", (1 + index % 5, 4), (3, 3))
    judged.compute()
    client.force_login(judged.manager)
    client.get(page(judged))
    with django_assert_max_num_queries(MOST[0]) as captured:
        answer = client.get(page(judged))
    assert answer.status_code == 200
    SEEN.append(len(captured))
    assert len(set(SEEN)) == 1
    with django_assert_max_num_queries(12):
        client.get(page(judged, "entry", pk=judged.entries()[0].pk))


MOST = [12]
SEEN: list[int] = []


def test_the_ranking_is_for_those_who_read_scores(client):
    judged = tied()
    entry = judged.entries()[0]
    for role, status in (("manager", 200), ("auditor", 200), ("secretary", 404), ("juror", 404)):
        client.force_login(holder(judged.call.programme, role))
        assert client.get(page(judged)).status_code == status, role
        assert client.get(page(judged, "entry", pk=entry.pk)).status_code == status, role


def test_the_list_is_taken_away_with_words_for_what_settled_it(client):
    judged = Judged(tie_breaks=["criterion:bisogno"])
    judged.apply("Innovazione", (2, 4), (2, 4))
    judged.apply("Bisogno", (5, 2), (5, 2))
    judged.compute()
    client.force_login(judged.manager)
    answer = client.get(page(judged), {"export": "csv"})
    text = b"".join(answer).decode("utf-8-sig")
    assert "criterion:" not in text
    assert {"Bisogno", "64"} <= set(text.replace(",", " ").replace(".", " ").split())


def test_a_group_of_equals_is_ordered_on_its_page(client):
    judged = tied()
    client.force_login(judged.manager)
    url = page(judged, "order_tied", pk=judged.ranking().pk, position=2)
    assert client.get(url).status_code == 200
    places = {f"place_{judged.entry(n).pk}": str(i) for i, n in enumerate(("Brina", "Cima", "Alba"))}
    twice = {**places, f"place_{judged.entry('Alba').pk}": "0", "reason": "Sorteggio."}
    assert "different place" in client.post(url, twice).content.decode()
    assert client.post(url, {**places, "reason": "Sorteggio."}).status_code == 302
    assert judged.names() == ["Prima", "Brina", "Cima", "Alba"]
    assert RankingEntry.objects.filter(tie_reason="Sorteggio.").count() == 3
    assert rules.what_is_missing(judged.ranking()) is None


def test_an_outcome_is_decided_on_its_page_and_nothing_typed_is_lost(client):
    judged = tied()
    client.force_login(judged.manager)
    url = page(judged, "decide", pk=judged.entry("Prima").pk)
    kept = client.post(url, {"outcome": "reserve", "reason": " "})
    assert "write why" in kept.content.decode()
    assert 'value="reserve" class="form-check-input"' in kept.content.decode() or b"checked" in kept.content
    assert client.post(url, {"outcome": "reserve", "reason": "Rinuncia annunciata."}).status_code == 302
    assert judged.entry("Prima").outcome == Outcome.RESERVE


def test_of_many_groups_of_equals_the_first_await_a_person_and_the_list_marks_the_rest(client):
    judged = Judged(places=3)
    for number in range(7):
        for twin in "ab":
            judged.apply(f"Coppia {number}{twin}", (5 - number % 5, 1 + number // 2), (3, 3))
    judged.compute()
    client.force_login(judged.manager)
    shown = client.get(page(judged, "ranking")).context["told"]

    assert len(shown.equals) == 5
    assert shown.more_equals == len(shown.groups) - 5 > 0
    first, size = shown.equals[0]
    assert first <= 3 < first + size - 1
