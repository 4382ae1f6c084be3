"""How sure a ranking is: what the staff read of it, and what only managers do."""

import pytest
from django.urls import reverse

from tests.factories.jury import ConflictFactory, JurorFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.jury.verdicts import Judged
from vivaio.jury.states import CalibrationState, Outcome
from vivaio.kit.formats import percent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page(judged, name="ranking", **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


@pytest.fixture
def judged():
    """Six applications for two places, read by three jurors of whom the last is severe."""
    made = Judged(places=2, minimum=0, jurors=3)
    for name, *sheets in (
        ("Alba", (5, 5), (5, 5), (3, 3)),
        ("Bora", (4, 5), (4, 4), (3, 2)),
        ("Cima", (4, 4), (4, 5), (2, 3)),
        ("Duna", (4, 4), (4, 4), (2, 2)),
        ("Erba", (2, 3), (3, 2), (1, 1)),
        ("Faro", (2, 1), (1, 2), (1, 1)),
    ):
        made.apply(name, *sheets)
    made.compute()
    return made


def test_every_line_says_how_sure_its_position_is(judged):
    ranking = judged.ranking()
    assert ranking.calibrated == CalibrationState.DONE
    first, *_others, last = judged.entries()
    assert first.expected_rank < 2 < 5 < last.expected_rank
    assert 1 <= first.rank_low <= first.rank_high <= 3
    assert first.chance > 0.8 > 0.01 > last.chance
    assert first.error > 0
    assert sum(entry.chance for entry in judged.entries()) == pytest.approx(2, abs=0.001)


def test_the_raw_means_decide_as_before_and_computing_again_says_the_same(judged, client):
    assert [entry.outcome for entry in judged.entries()][:2] == [Outcome.SELECTED, Outcome.SELECTED]
    before = [(entry.score, entry.quality, entry.rank_low, entry.rank_high) for entry in judged.entries()]
    judged.compute()
    assert [
        (entry.score, entry.quality, entry.rank_low, entry.rank_high) for entry in judged.entries()
    ] == before


def test_who_reads_two_severe_jurors_loses_less_quality_than_raw_points():
    judged = Judged(places=3, minimum=0, jurors=4)
    for number, level in enumerate((5, 4, 4, 3, 2, 1)):
        judged.apply(f"Nota {number}", (level, level), (level, level), (max(level - 2, 1), max(level - 2, 1)))
    unlucky = judged.apply("Sfortunata", (4, 4))
    unlucky.assignments.all().delete()
    judged.jurors.reverse()
    judged.apply("Solo severi", (1, 1), (2, 2))
    judged.compute()
    entry = judged.entry("Solo severi")
    assert entry.quality > entry.score


def test_the_page_draws_intervals_and_names_the_group_at_the_line(judged, client):
    client.force_login(judged.manager)
    text = client.get(page(judged)).text
    assert "Calibrated quality" in text
    assert "At the line:" in text
    assert text.count('class="vv-interval vv-') >= 6
    assert "Expected position 1" in text
    first = judged.entries()[0]
    assert f"<small>place {percent(first.chance)}</small>" in text
    assert f"probability of a place {percent(first.chance)}" in text
    taken = client.get(page(judged), {"export": "csv"})
    assert "Probability of a place" in b"".join(taken.streaming_content).decode("utf-8-sig")


def test_a_severe_juror_is_told_to_managers_alone(judged, client):
    severe = judged.jurors[2]
    client.force_login(judged.manager)
    assert "points below the panel" in client.get(page(judged)).text
    text = client.get(page(judged, "severity", pk=judged.ranking().pk)).text
    assert str(severe) in text
    assert text.index(str(severe)) < text.index(str(judged.jurors[0]))
    client.force_login(holder(judged.call.programme, "auditor"))
    assert "points below the panel" not in client.get(page(judged)).text
    assert client.get(page(judged, "severity", pk=judged.ranking().pk)).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(page(judged, "severity", pk=judged.ranking().pk)).status_code == 404


def test_parts_that_no_juror_connects_are_said_with_the_reviews_that_would(client):
    judged = Judged(places=2, minimum=0, jurors=2)
    for number in range(3):
        judged.apply(f"Nord {number}", (4, number + 1), (3, number + 2))
    judged.jurors = [JurorFactory(panel=judged.panel) for _number in range(2)]
    for number in range(2):
        judged.apply(f"Sud {number}", (5, number + 3), (4, number + 2))
    judged.compute()
    assert judged.ranking().calibrated == CalibrationState.PARTS
    assert all(entry.quality is None for entry in judged.entries())
    client.force_login(judged.manager)
    text = client.get(page(judged)).text
    assert "fall into 2 parts" in text
    assert "vv-interval" not in text
    missing = page(judged, "severity", pk=judged.ranking().pk)
    assert missing in text
    text = client.get(missing).text
    assert "Missing reviews" in text
    assert "also scores “Progetto" in text


def test_a_juror_in_conflict_is_never_asked_to_connect_parts():
    judged = Judged(places=2, minimum=0, jurors=2)
    north = [judged.apply(f"Nord {number}", (4, number + 1), (3, number + 2)) for number in range(2)]
    first = judged.jurors
    judged.jurors = [JurorFactory(panel=judged.panel) for _number in range(2)]
    south = [judged.apply(f"Sud {number}", (5, number + 3), (4, number + 2)) for number in range(2)]
    for application in south:
        ConflictFactory(juror=first[0], application=application)
    judged.compute()
    asked = judged.ranking().calibration["bridges"]
    assert asked
    assert not {tuple(pair) for pair in asked} & {(str(first[0].pk), str(one.pk)) for one in south}
    assert {application for _juror, application in asked} <= {str(one.pk) for one in north + south}


def test_too_few_scores_leave_the_ranking_with_its_means(client):
    judged = Judged(places=1, minimum=0, jurors=1)
    judged.apply("Alba", (4, 4))
    judged.apply("Bora", (3, 3))
    judged.compute()
    assert judged.ranking().calibrated == CalibrationState.FEW
    assert judged.names() == ["Alba", "Bora"]
    client.force_login(judged.manager)
    assert "too few scores" in client.get(page(judged)).text
