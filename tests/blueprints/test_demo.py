"""The demo: the programmes, in Miracolo a jury at work today."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo import grown, people, play
from vivaio.calls.models import Call
from vivaio.experts.models import ExpertProfile
from vivaio.funding.queries import prizes
from vivaio.initiatives.models import ContestEntry, DiaryEntry, Interest, LegalProof, TeamMember
from vivaio.jury.models import Panel, Score
from vivaio.jury.queries import scoring
from vivaio.people.models import Person
from vivaio.programmes.models import Notice, Programme
from vivaio.publishing.models import Video


@pytest.mark.django_db
def test_the_demo_is_judging_today_and_can_be_loaded_again():
    play.play()
    assert Programme.objects.count() == 5
    call = Call.objects.get(slug="selezione")
    admitted = Application.objects.filter(call=call, state=ApplicationState.ADMITTED)
    assert admitted.count() == 27
    assert scoring.window(Panel.objects.get(call=call)) == "open"
    scores = Score.objects.filter(assignment__juror__panel__call=call).count()
    assert 0 < scores < 108 * 4
    film = Video.objects.get()
    assert (film.is_public, film.content_type, film.captions.count()) == (True, "video/webm", 2)
    for programme in (None, *Programme.objects.all()):
        assert Notice.objects.filter(programme=programme, number=1).exists()
    assert Call.objects.get(slug="be-social-be-maker").is_open()
    play.play()
    assert Programme.objects.count() == 5
    assert Score.objects.filter(assignment__juror__panel__call=call).count() == scores
    for _role, email, _password in people.sign_ins():
        assert EmailAddress.objects.get(email=email).verified


@pytest.mark.django_db
def test_after_the_ranking_the_demo_has_eighteen_initiatives_that_its_people_can_follow(client):
    play.play()
    programme = Programme.objects.get(slug="miracolo-a-milano-dopo")
    assert programme.initiatives.count() == 18
    assert programme.practices.filter(state="published").count() == 2
    assert (programme.expert_profiles.count(), programme.expert_fields.count()) == (12, 6)
    staff = {one["role"]: people.address(one["given"], one["family"]) for one in people.cast()["staff"]}
    led = TeamMember.objects.get(person__email=people.address(*people.LEADER.split())).initiative
    own = ExpertProfile.objects.get(person__email=people.address(*people.EXPERT.split()))
    in_it_everybody_is_at_work(programme)
    of = [programme.slug]
    pages = {
        staff["manager"]: [
            *[reverse(f"initiatives:{name}", args=of) for name in ("staff_list", "plans", "stories")],
            *[reverse(f"experts:{name}", args=of) for name in ("bank", "requests", "matching")],
            *[reverse(f"publishing:{name}", args=of) for name in ("practices", "practice_desk")],
            *[reverse(f"funding:{name}", args=of) for name in ("ledger", "awards", "claims")],
            reverse("funding:prizes", args=[*of, "contest-cooperative"]),
            *[
                reverse(f"jury:{name}", args=[*of, "contest-start-up"])
                for name in ("pitch", "audience", "door")
            ],
            *[
                reverse(f"publishing:{name}", args=of)
                for name in ("results", "results_manage", "results_report")
            ],
        ],
        staff["community_manager"]: [reverse("initiatives:needs_programme", args=of), led.get_absolute_url()],
        people.address(*people.LEADER.split()): [
            led.get_absolute_url(),
            reverse("initiatives:plan", args=[led.pk]),
            reverse("initiatives:diary", args=[led.pk]),
            reverse("initiatives:contacts", args=[led.pk]),
            reverse("initiatives:needs", args=[led.pk]),
            reverse("publishing:practices_suggested", args=[led.pk]),
            reverse("experts:tab", args=[led.pk]),
            reverse("funding:of_initiative", args=[led.pk]),
        ],
        own.person.email: [own.get_absolute_url()],
    }
    for email, addresses in pages.items():
        client.force_login(Person.objects.get(email=email))
        for address in addresses:
            assert client.get(address).status_code == 200, (email, address)


def in_it_everybody_is_at_work(programme):
    """Needs answered twice, experts proposed for what they wrote, money claimed, diaries, a proof to be checked."""
    rounds = programme.needs_rounds.order_by("position")
    profiles = [one.profiles.exclude(team_answers=None).exclude(coach_answers=None) for one in rounds]
    assert [one.filter(state="agreed").count() for one in profiles] == [11, 5]
    sent, looked_at = programme.matching_rounds.order_by("created_at")
    assert (sent.state, looked_at.state) == ("sent", "preview")
    proposals = list(sent.proposals.all())
    assert {one.state for one in proposals} == {"sent", "accepted", "declined", "over"}
    assert all("passage" in {why["why"] for why in one.reasons} for one in proposals)
    assert looked_at.proposals.filter(state="ready").count() == 3
    claims = programme.claims.values_list("state", flat=True)
    assert sorted(claims) == ["paid", "refused", "submitted"]
    diary = DiaryEntry.objects.filter(initiative__programme=programme)
    assert {one.state for one in diary.filter(photos__isnull=False)} == {"public", "waiting"}
    assert diary.filter(visibility="team").exists()
    assert diary.filter(files__isnull=False).exists()
    assert LegalProof.objects.filter(initiative__programme=programme, state="waiting").exists()
    assert Interest.objects.filter(entry__initiative__programme=programme, state="accepted").exists()
    ends = programme.initiatives.exclude(state="active").values_list("state", flat=True)
    assert sorted(ends) == ["closed", "independent", "spun_off"]


@pytest.mark.django_db
def test_the_demo_has_one_contest_that_is_over_with_its_voucher_and_one_whose_board_fills_now(client):
    play.play()
    contests = Call.objects.filter(kind="contest", programme__slug="miracolo-a-milano-dopo")
    over, now = contests.order_by("opens_at").select_related("panel__pitch_day")
    assert {one.panel.jurors.filter(state="accepted").count() for one in (over, now)} == {40}
    (winner,) = prizes.winners(over)
    assert (winner.place, winner.application.money_awards.get().amount) == ("accepted", 5000)
    assert (over.panel.state, over.panel.pitch_day.state) == ("closed", "held")
    board = client.get(reverse("jury:pitch_board", args=[now.panel.pitch_day.screen]))
    found = board.context["board"]
    assert found.expected == 40 * 4
    assert 0 < found.done < found.expected
    assert not found.hidden
    titles = {one["title"] for one in grown.after()["public"]}
    assert not ContestEntry.objects.filter(initiative__title__in=titles).exists(), (
        "real ones compete in nothing"
    )
    assert (
        client.get(reverse("jury:public_ranking", args=[over.programme.slug, over.slug])).status_code == 200
    )
