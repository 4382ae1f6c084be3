"""What a call lays down beforehand: the figure that decides, lots among equals, and a record to compute it again."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.jury.verdicts import Judged
from vivaio.config import verify
from vivaio.journal.models import Record
from vivaio.jury.actions import places
from vivaio.jury.actions import ranking as actions
from vivaio.jury.minutes import rules_of
from vivaio.jury.models import DecisionRecord, Draw
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.states import Outcome, PanelState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.methods import decision, lots

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SEED = "7 19 44 61 82"
DRAWN = {"tie_breaks": ["draw"], "draw_source": "Lotto, ruota di Milano, prima estrazione dopo il 30 giugno"}


def page(judged, name="ranking", **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


@pytest.fixture
def equals():
    made = Judged(places=2, minimum=0, **DRAWN)
    for name in ("Alba", "Bora", "Cima", "Duna"):
        made.apply(name, (4, 4), (4, 4))
    made.compute()
    return made


def in_drawn_order(judged):
    numbers = {entry.application.number: entry for entry in judged.entries()}
    return [numbers[int(one.entrant)].application.title for one in lots.draw(SEED, numbers)]


def test_equals_wait_for_the_numbers_and_no_hand_puts_them_in_order(equals, client):
    assert set(equals.outcomes()) == {Outcome.UNDECIDED}
    client.force_login(equals.manager)
    assert page(equals, "draw") in client.get(page(equals)).text
    with pytest.raises(Refused, match="numbers of the draw"):
        actions.adopt(equals.ranking(), by=equals.manager)
    with pytest.raises(Refused, match="by lot"):
        actions.order_tied(
            equals.ranking(), [entry.pk for entry in equals.entries()], "Perché sì", by=equals.manager
        )


def test_the_numbers_part_equals_as_anyone_can_draw_again(equals, client):
    client.force_login(equals.manager)
    told = client.post(page(equals, "draw"), {"seed": f"  {SEED.replace(' ', '  ')} "}, follow=True).text
    assert SEED in told
    assert "Lotto, ruota di Milano" in told
    assert [entry.application.title for entry in equals.entries()] == in_drawn_order(equals)
    assert equals.outcomes() == [Outcome.SELECTED] * 2 + [Outcome.RESERVE] * 2
    first = equals.entries()[0]
    assert lots.lot(SEED, first.application.number).digest[:10] in told
    assert "settled by lots drawn from a public seed" in client.get(page(equals)).text
    equals.adopt()
    assert any(SEED in sentence for sentence in rules_of(equals.ranking(), list(equals.call.criteria.all())))


def test_a_slip_of_the_pen_is_corrected_and_the_register_keeps_both(equals):
    actions.draw(equals.call, "7 19 44 61 28", by=equals.manager)
    actions.draw(equals.call, SEED, by=equals.manager)
    assert [entry.application.title for entry in equals.entries()] == in_drawn_order(equals)
    assert Record.objects.filter(verb="jury.lots_drawn").count() == 1
    assert Record.objects.filter(verb="jury.lots_corrected").count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: made.panel.__class__.objects.update(state=PanelState.SCORING), "still open"),
        (lambda made: made.call.__class__.objects.update(tie_breaks=[]), "no lots"),
        (lambda made: (actions.draw(made.call, SEED, by=made.manager), made.adopt()), "adopted"),
    ],
)
def test_numbers_are_written_down_in_their_time_alone(equals, client, change, said):
    change(equals)
    client.force_login(equals.manager)
    assert said in client.get(page(equals, "draw")).text
    assert said in client.post(page(equals, "draw"), {"seed": "1 2 3"}, follow=True).text
    assert not Draw.objects.filter(seed="1 2 3").exists()


def test_only_who_adopts_the_verdict_draws(equals, client):
    client.force_login(holder(equals.call.programme, "auditor"))
    client.post(page(equals, "draw"), {"seed": SEED})
    assert not Draw.objects.exists()


def calibrated(**fields):
    """Six applications of which the one that only the severe juror read is better than its mean."""
    made = Judged(places=2, minimum=0, jurors=3, deciding="calibrated", **fields)
    severe, mild = made.jurors[2], made.jurors[:2]
    for name, level in (("Alba", 5), ("Bora", 4), ("Cima", 4), ("Duna", 3), ("Erba", 2)):
        made.jurors = [*mild, severe]
        low = max(level - 2, 1)
        made.apply(name, (level, level), (level, level), (low, low))
    made.jurors = [severe]
    made.apply("Sfortunata", (3, 3))
    made.jurors = [*mild, severe]
    made.compute()
    return made


def test_where_the_calibrated_quality_decides_severity_costs_no_place(client):
    judged = calibrated()
    unlucky = judged.entry("Sfortunata")
    assert unlucky.quality > unlucky.score
    assert judged.names().index("Sfortunata") < 2
    qualities = [entry.quality for entry in judged.entries()]
    assert qualities == sorted(qualities, reverse=True)
    assert [entry.score for entry in judged.entries()] != sorted(
        (entry.score for entry in judged.entries()), reverse=True
    )
    client.force_login(judged.manager)
    assert "The call lets the calibrated quality decide the order" in client.get(page(judged)).text
    told = client.get(page(judged, "entry", pk=unlucky.pk)).text
    assert "The calibrated quality decides; the raw mean is" in told


def test_parts_that_no_juror_connects_have_no_verdict(client):
    judged = Judged(places=1, minimum=0, jurors=4, deciding="calibrated")
    everybody = judged.jurors
    judged.jurors = everybody[:2]
    judged.apply("Alba", (5, 4), (4, 4))
    judged.apply("Bora", (3, 2), (2, 2))
    judged.jurors = everybody[2:]
    judged.apply("Cima", (5, 4), (4, 4))
    judged.apply("Duna", (3, 3), (3, 2))
    judged.compute()
    assert set(judged.outcomes()) == {Outcome.UNDECIDED}
    for act in (
        lambda: actions.adopt(judged.ranking(), by=judged.manager),
        lambda: actions.decide(judged.entries()[0], Outcome.SELECTED, "Merita", by=judged.manager),
    ):
        with pytest.raises(Refused, match="fall into parts that no juror connects"):
            act()
    client.force_login(judged.manager)
    assert "See which reviews would connect them" in client.get(page(judged)).text


def test_too_few_scores_leave_the_mean_to_decide():
    judged = Judged(places=1, minimum=0, jurors=1, deciding="calibrated")
    judged.apply("Alba", (5, 5))
    judged.apply("Bora", (4, 4))
    judged.compute()
    assert judged.ranking().decided_by == "raw_mean"
    assert judged.outcomes() == [Outcome.SELECTED, Outcome.RESERVE]


def verified(tmp_path, content):
    file = tmp_path / "record.json"
    file.write_bytes(content)
    return verify.decision(str(file))


@pytest.mark.parametrize("single", [True, False])
@pytest.mark.parametrize("deciding", ["raw_mean", "calibrated"])
def test_anyone_computes_a_published_ranking_again(client, tmp_path, capsys, deciding, single):
    judged = calibrated(publish_juror_scores=single, tie_breaks=["criterion:bisogno", "earlier_submission"])
    judged.call.__class__.objects.update(deciding=deciding)
    judged.call.refresh_from_db()
    judged.publish()
    public = client.get(page(judged, "public_ranking")).text
    kept = DecisionRecord.objects.get(call=judged.call)
    assert kept.digest in public
    content = client.get(page(judged, "public_record")).content
    assert verified(tmp_path, content) == 0
    assert kept.digest in capsys.readouterr().out
    lines = decision.read(content)["tracks"][0]["result"]
    assert [line["number"] for line in lines] == [entry.application.number for entry in judged.entries()]
    assert ("scores" in json.loads(content)["tracks"][0]["applications"][0]) is single
    bent = content.replace(b'"outcome":"reserve"', b'"outcome":"selected"', 1)
    assert verified(tmp_path, bent) == 1


def test_the_record_names_nobody_whom_the_ranking_does_not_name(client):
    judged = calibrated(publish_juror_scores=True)
    judged.publish()
    content = client.get(page(judged, "public_record")).content.decode()
    named = {entry.application.applicant_name for entry in judged.entries() if entry.outcome == "selected"}
    hidden = {entry.application.applicant_name for entry in judged.entries()} - named
    assert all(name in content for name in named)
    assert not any(name in content for name in hidden)
    assert not any(str(juror.person) in content or str(juror.pk) in content for juror in judged.jurors)


def test_a_person_who_applied_is_named_on_the_page_and_not_in_bytes_that_are_kept(client):
    judged = Judged(places=1, minimum=0, disclosure="everyone", applicant_kinds=["person"])
    ida = PersonFactory(given_name="Ida", family_name="Quaranta")
    judged.apply("Alba", (5, 5), (5, 4), person=ida)
    judged.publish()
    assert "Ida Quaranta" in client.get(page(judged, "public_ranking")).text
    assert "Quaranta" not in client.get(page(judged, "public_record")).content.decode()


def test_what_people_decided_is_in_the_record(client, tmp_path):
    judged = Judged(places=1, minimum=0, tie_breaks=["criterion:bisogno"])
    for name in ("Alba", "Bora", "Cima"):
        judged.apply(name, (4, 4), (4, 4))
    judged.apply("Duna", (2, 2), (2, 2))
    judged.compute()
    chosen = judged.entries()[2]
    tied = [entry.pk for entry in judged.entries()[:3]]
    actions.order_tied(
        judged.ranking(), [tied[2], tied[0], tied[1]], "Territorio scoperto", by=judged.manager
    )
    last = judged.entries()[3]
    actions.decide(last, Outcome.NOT_SELECTED, "Rinuncia scritta", by=judged.manager)
    for ranking in judged.call.rankings.all():
        actions.adopt(ranking, by=judged.manager)
    places.publish(judged.call, by=judged.manager)
    content = client.get(page(judged, "public_record")).content
    assert verified(tmp_path, content) == 0
    assert decision.read(content)["tracks"][0]["result"][0]["number"] == chosen.application.number
    assert "Territorio" not in content.decode()


def test_a_ranking_without_scores_has_a_record_for_the_staff_alone(client, tmp_path):
    judged = calibrated(publish_scores=False)
    judged.publish()
    assert client.get(page(judged, "public_record")).status_code == 404
    assert "vivaio verify" not in client.get(page(judged, "public_ranking")).text
    client.force_login(PersonFactory())
    assert client.get(page(judged, "record")).status_code == 404
    client.force_login(judged.manager)
    assert page(judged, "record") in client.get(page(judged)).text
    assert verified(tmp_path, client.get(page(judged, "record")).content) == 0


def test_the_means_of_one_review_alone_are_that_jurors_scores_and_stay_out(client, tmp_path):
    judged = Judged(places=1, minimum=0, tie_breaks=["criterion:innovazione", "earlier_submission"])
    judged.apply("Alba", (5, 4), (4, 4))
    judged.apply("Sola", (3, 5))
    judged.compute()
    client.force_login(judged.manager)
    assert "1 application has one review alone" in client.get(page(judged, "publish")).text
    judged.publish()
    content = client.get(page(judged, "public_record")).content
    many, one = json.loads(content)["tracks"][0]["applications"]
    assert set(many["means"]) == {"bisogno", "innovazione"}
    assert set(one["means"]) == {"innovazione"}, "only what the tie rule counts"
    assert verified(tmp_path, content) == 0


def test_the_record_leaves_with_the_ranking(client):
    judged = calibrated()
    judged.publish()
    judged.call.rankings.update(public_until=judged.call.created_at)
    assert client.get(page(judged, "public_record")).status_code == 404


def test_scoring_is_not_reopened_once_lots_are_drawn(equals):
    """Whoever scored then would know who comes first."""
    panel = equals.call.panel
    later = clock.now() + dt.timedelta(days=2)
    assert scoring_rules.reopen(panel, equals.manager, later, "Manca una giurata.") is None
    actions.draw(equals.call, SEED, by=equals.manager)
    assert "drawn" in str(scoring_rules.reopen(panel, equals.manager, later, "Manca una giurata."))
