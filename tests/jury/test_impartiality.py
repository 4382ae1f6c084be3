"""Staff who judge read nobody's scores meanwhile; a conflict or a tie to who applies leaves the decision to others."""

import pytest
from django.urls import reverse

from tests.factories.api import TokenFactory, bearer
from tests.factories.jury import AssignmentFactory, ConflictFactory, JurorFactory, scored
from tests.factories.people import BoardMemberFactory, MembershipFactory
from tests.factories.programmes import RoleHoldingFactory, holder
from tests.jury.verdicts import Judged
from vivaio.jury.models import Ranking
from vivaio.jury.states import Outcome, PanelState, RankingState
from vivaio.people.models import Relation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def judged():
    """Alba and Brina are equal at the one place; Cedro stands below them."""
    made = Judged(places=1, tie_breaks=[])
    made.apply("Alba", (5, 5), (5, 5))
    made.apply("Brina", (5, 5), (5, 5))
    made.apply("Cedro", (3, 4), (3, 4))
    made.compute()
    return made


def page(judged, name, **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


def seated(judged):
    """The first juror runs the programme, too."""
    person = judged.jurors[0].person
    RoleHoldingFactory(programme=judged.call.programme, person=person, role="manager")
    return person


def as_staff(client, person):
    client.force_login(person)
    return client


def everything(judged):
    line = judged.entries()[0]
    ranking = line.ranking
    return {
        page(judged, "ranking"),
        page(judged, "ranking") + "?export=csv",
        page(judged, "entry", pk=line.pk),
        page(judged, "decide", pk=line.pk),
        page(judged, "severity", pk=ranking.pk),
        page(judged, "order_tied", pk=ranking.pk, position=1),
        page(judged, "adopt", pk=ranking.pk),
        page(judged, "compute"),
        page(judged, "publish"),
        page(judged, "comments"),
        page(judged, "comments_of", pk=line.application_id),
    }


@pytest.mark.parametrize("state", [PanelState.FORMING, PanelState.SCORING])
def test_who_judges_reads_neither_scores_nor_ranking_until_scoring_closes(client, judged, state):
    person = seated(judged)
    judged.panel.state = state
    judged.panel.save()
    as_staff(client, person)
    for address in everything(judged):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "until scoring closes you read neither" in answer.content.decode(), address
        assert f"Ask: {judged.manager}" in answer.content.decode()
    assert client.post(page(judged, "compute")).status_code == 403
    client.force_login(judged.manager)
    assert {client.get(address).status_code for address in everything(judged)} == {200}


@pytest.mark.parametrize("what", ["rankings", "comments"])
def test_the_interface_tells_them_no_more_than_the_pages(client, judged, what):
    person = seated(judged)
    judged.panel.state = PanelState.SCORING
    judged.panel.save()
    token = bearer(TokenFactory(person=person))
    address = f"/api/v1/staff/programmes/{judged.call.programme.slug}/calls/{judged.call.slug}/{what}"
    answer = client.get(address, headers={"Authorization": token, "Accept-Language": "en"})
    assert answer.status_code == 403
    assert "until scoring closes" in answer.json()["detail"]


def test_a_juror_without_a_conflict_decides_once_scoring_has_closed(client, judged):
    as_staff(client, seated(judged))
    assert client.get(page(judged, "ranking")).status_code == 200
    decide(client, judged)
    assert judged.entries()[2].outcome == Outcome.NOT_SELECTED


def decide(client, judged):
    line = judged.entries()[2]
    sent = {"outcome": "not_selected", "reason": "Così ha voluto la commissione."}
    return client.post(page(judged, "decide", pk=line.pk), sent, follow=True)


def order(client, judged):
    ranking = judged.ranking()
    ordered = {f"place_{line.pk}": number for number, line in enumerate(judged.entries()[:2])}
    address = page(judged, "order_tied", pk=ranking.pk, position=1)
    return client.post(address, {**ordered, "reason": "Il bisogno è più urgente."}, follow=True)


def adopt(client, judged):
    return client.post(page(judged, "adopt", pk=judged.ranking().pk), {"note": ""}, follow=True)


def as_juror(judged, person, application):
    ConflictFactory(juror=JurorFactory(panel=judged.panel, person=person), application=application)


def as_member(judged, person, application):
    MembershipFactory(organisation=application.organisation, person=person)


def as_board(judged, person, application):
    BoardMemberFactory(organisation=application.organisation, person=person)


def as_family(judged, person, application):
    Relation.objects.create(person=application.created_by, other_person=person, kind="family")


@pytest.mark.parametrize(
    ("bind", "words"),
    [
        (as_juror, "You have a conflict of interest in the track"),
        (as_member, "You have a tie to an applicant of the track"),
        (as_board, "You have a tie to an applicant of the track"),
        (as_family, "You have a tie to an applicant of the track"),
    ],
)
def test_a_conflict_or_a_tie_leaves_outcomes_order_and_verdict_to_somebody_else(client, judged, bind, words):
    other = holder(judged.call.programme, "manager")
    bind(judged, other, judged.entries()[2].application)
    as_staff(client, other)
    shown = client.get(page(judged, "ranking")).content.decode()
    assert words in shown
    assert f"Ask: {judged.manager}" in shown
    for act in (decide, order, adopt):
        assert words in act(client, judged).content.decode(), act
    ranking = judged.ranking()
    assert ranking.state == RankingState.PROVISIONAL
    assert [line.outcome for line in judged.entries()][2] == Outcome.RESERVE
    assert all(line.tied for line in judged.entries()[:2])
    # Whoever is neither tied nor in conflict does all of it, and the other cannot take it back.
    client.force_login(judged.manager)
    for act in (decide, order, adopt):
        act(client, judged)
    assert judged.ranking().state == RankingState.ADOPTED
    client.force_login(other)
    client.post(page(judged, "take_back", pk=ranking.pk))
    assert judged.ranking().state == RankingState.ADOPTED


def test_other_tracks_are_decided_as_ever(client, judged):
    other = judged.add_track(places=1, key="altro")
    judged.apply("Duna", (4, 4), (4, 4), track=other)
    judged.compute()
    MembershipFactory(organisation=judged.entries()[2].application.organisation, person=judged.manager)
    as_staff(client, judged.manager)
    client.post(page(judged, "adopt", pk=judged.ranking(other).pk), {"note": ""})
    assert judged.ranking(other).state == RankingState.ADOPTED


def test_lots_are_drawn_by_who_is_tied_to_nobody(client, judged):
    judged.call.tie_breaks, judged.call.draw_source = ["draw"], "Lotto, ruota di Milano"
    judged.call.save()
    MembershipFactory(organisation=judged.entries()[2].application.organisation, person=judged.manager)
    as_staff(client, judged.manager)
    answer = client.post(page(judged, "draw"), {"seed": "3 17 44 51 90"}, follow=True).content.decode()
    assert "You have a tie to an applicant" in answer
    assert all(line.tied for line in judged.entries()[:2])


def test_the_only_manager_who_is_tied_hears_who_can(client, judged):
    MembershipFactory(organisation=judged.entries()[0].application.organisation, person=judged.manager)
    as_staff(client, judged.manager)
    answer = adopt(client, judged).content.decode()
    assert "Nobody else of this programme may" in answer
    assert Ranking.objects.get().state == RankingState.PROVISIONAL


def test_computing_again_does_not_drop_what_others_decided_in_the_track_of_a_tie(client, judged):
    other = holder(judged.call.programme, "manager")
    as_staff(client, judged.manager)
    decide(client, judged)
    MembershipFactory(organisation=judged.entries()[2].application.organisation, person=other)
    client.force_login(other)
    client.post(page(judged, "compute"), {"confirmed": "yes"})
    assert judged.entries()[2].outcome == Outcome.NOT_SELECTED


def test_one_manager_who_judges_nothing_and_is_tied_to_nobody_does_it_all(client, judged):
    as_staff(client, judged.manager)
    scored(AssignmentFactory(juror=judged.jurors[0], application=judged.apply("Elce")), 2, 2)
    client.post(page(judged, "compute"), {"confirmed": "yes"})
    for act in (decide, order, adopt):
        act(client, judged)
    assert judged.ranking().state == RankingState.ADOPTED
