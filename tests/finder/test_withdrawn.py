"""What rooms of accompaniment show in the search, to whom, and that what is withdrawn goes with the action itself."""

import pytest

from tests.factories.experts import ExpertProfileFactory, ExpertRequestFactory
from tests.factories.initiatives import InitiativeFactory, StoryFactory, TeamMemberFactory, published
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.actions import bank as experts
from vivaio.experts.queries import bank
from vivaio.experts.states import ADMITTED, ProfileState, RequestState
from vivaio.finder import actions, queries
from vivaio.finder.models import Passage, Written
from vivaio.initiatives.models import DiaryEntry
from vivaio.initiatives.states import DiaryState, Visibility
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.programmes.models import Programme
from vivaio.programmes.states import ProgrammeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative():
    return InitiativeFactory(programme=ProgrammeFactory(), title="Portineria Lanterna")


def read_all():
    for kind in ("initiative", "story", "diary", "expert", "expert_request"):
        actions.catch_up(kind)


def kinds_found(person, text="lanterna"):
    return sorted(one.kind for one in queries.search(person, text).results)


def test_who_finds_an_initiative_its_story_and_its_diary(initiative):
    member = TeamMemberFactory(initiative=initiative)
    staff = holder(initiative.programme, "manager")
    diary = {"initiative": initiative, "author": member.person, "text": "Una lanterna al cortile."}
    DiaryEntry.objects.create(**diary, state=DiaryState.KEPT, visibility=Visibility.TEAM)
    read_all()
    assert kinds_found(member.person) == ["diary", "initiative"]
    assert kinds_found(staff) == ["initiative"]
    assert kinds_found(PersonFactory()) == []
    published(StoryFactory(initiative=initiative, lead="La lanterna resta accesa."))
    DiaryEntry.objects.create(
        **diary, state=DiaryState.PUBLIC, visibility=Visibility.ALL, declared_at=clock.now()
    )
    read_all()
    assert kinds_found(PersonFactory()) == ["diary", "story"]
    assert kinds_found(staff) == ["diary", "initiative", "story"]
    member.ended_at = clock.now()
    member.save()
    assert kinds_found(member.person) == ["diary", "story"], (
        "who left the team finds what anyone finds, at once"
    )


def test_an_expert_is_found_by_the_staff_and_the_teams_a_request_by_its_team(initiative):
    profile = ExpertProfileFactory(
        programme=initiative.programme, headline="Lanterna magica", state=ProfileState.CHECKED
    )
    request = ExpertRequestFactory(initiative=initiative, title="Una lanterna", state=RequestState.DRAFT)
    member, staff = TeamMemberFactory(initiative=initiative).person, holder(initiative.programme, "manager")
    read_all()
    assert kinds_found(profile.person) == ["expert"]
    assert kinds_found(member) == ["expert", "expert_request", "initiative"]
    assert kinds_found(staff) == ["expert", "initiative"]
    request.state = RequestState.OPEN
    request.save()
    read_all()
    assert kinds_found(staff) == ["expert", "expert_request", "initiative"]
    elsewhere = TeamMemberFactory(initiative=InitiativeFactory(programme=ProgrammeFactory())).person
    for stranger in (PersonFactory(), holder(ProgrammeFactory(), "manager"), elsewhere):
        assert kinds_found(stranger) == []


def finds(person, profile):
    return profile.pk in {one.subject for one in queries.search(person, "lanterna").results}


def opens(person, profile):
    return bank.visible_to(person).filter(pk=profile.pk).exists()


@pytest.mark.parametrize("state", list(ProfileState), ids=str)
def test_who_may_open_an_experts_page_finds_it_and_nobody_else(initiative, state):
    profile = ExpertProfileFactory(programme=initiative.programme, headline="Lanterna magica", state=state)
    other = InitiativeFactory(programme=initiative.programme)
    people = {
        "of a team": TeamMemberFactory(initiative=initiative).person,
        "of another team there": TeamMemberFactory(initiative=other).person,
        "staff": holder(initiative.programme, "community_manager"),
        "an expert": ExpertProfileFactory(programme=initiative.programme).person,
        "of a team elsewhere": TeamMemberFactory(
            initiative=InitiativeFactory(programme=ProgrammeFactory())
        ).person,
        "anybody": PersonFactory(),
    }
    read_all()
    admitted = state in ADMITTED
    for who, person in people.items():
        assert finds(person, profile) == (admitted and opens(person, profile)), who
    assert finds(people["of a team"], profile) == (state == ProfileState.CHECKED)
    assert finds(profile.person, profile) == admitted


def test_who_leaves_the_team_finds_its_programmes_experts_no_more(initiative):
    profile = ExpertProfileFactory(programme=initiative.programme, headline="Lanterna magica")
    member = TeamMemberFactory(initiative=initiative)
    read_all()
    assert finds(member.person, profile)
    member.ended_at = clock.now()
    member.save()
    assert not finds(member.person, profile), "at once, without the worker"


def test_an_expert_on_pause_is_lost_to_the_teams_with_the_pause(initiative):
    profile = ExpertProfileFactory(programme=initiative.programme, headline="Lanterna magica")
    member, staff = TeamMemberFactory(initiative=initiative).person, holder(initiative.programme, "manager")
    read_all()
    experts.pause(profile, by=profile.person)
    assert not finds(member, profile)
    assert finds(staff, profile)


def test_a_team_meets_an_expert_by_meaning(initiative, encoder):
    profile = ExpertProfileFactory(
        programme=initiative.programme, headline="Rechtsanwältin", presentation="Verträge und Arbeitsrecht."
    )
    member = TeamMemberFactory(initiative=initiative).person
    read_all()
    actions.encode()
    asked = "un avvocato per i contratti"
    assert [one.subject for one in queries.search(member, asked).results] == [profile.pk]
    assert [one.subject for one in queries.nearest([asked], kinds=["expert"], person=member)] == [profile.pk]
    assert queries.nearest([asked], kinds=["expert"], person=PersonFactory()) == []


def test_what_is_withdrawn_is_gone_with_the_action_and_not_with_the_worker(initiative):
    story = published(StoryFactory(initiative=initiative, lead="La lanterna resta accesa."))
    read_all()
    assert kinds_found(PersonFactory()) == ["story"]
    story.shown = None
    story.save()
    journal.record("initiatives.story_taken_back", initiative, by=None, fields=["state"])
    assert kinds_found(PersonFactory()) == []
    profile = ExpertProfileFactory(
        programme=initiative.programme, headline="Lanterna", state=ProfileState.CHECKED
    )
    read_all()
    profile.state = ProfileState.DECLINED
    profile.save()
    journal.record("experts.declined", profile, by=None, programme=profile.programme_id, fields=["state"])
    assert kinds_found(profile.person) == []


def test_readers_are_taken_away_at_once_and_added_by_the_worker(initiative):
    entry = DiaryEntry.objects.create(
        initiative=initiative, text="Una lanterna.", state=DiaryState.KEPT, visibility=Visibility.PROGRAMME
    )
    staff, member = holder(initiative.programme, "manager"), TeamMemberFactory(initiative=initiative).person
    read_all()
    assert "diary" in kinds_found(staff)
    entry.visibility = Visibility.TEAM
    entry.save()
    journal.record("initiatives.diary_changed", entry, by=None, fields=["visibility"])
    assert "diary" not in kinds_found(staff)
    assert "diary" in kinds_found(member)
    entry.visibility = Visibility.PROGRAMME
    entry.save()
    journal.record("initiatives.diary_changed", entry, by=None, fields=["visibility"])
    assert "diary" not in kinds_found(staff)
    actions.follow("initiatives.diaryentry", entry.pk)
    assert "diary" in kinds_found(staff)


def test_a_programme_that_is_no_longer_public_takes_what_is_its_along(initiative):
    published(StoryFactory(initiative=initiative, lead="La lanterna resta accesa."))
    read_all()
    assert kinds_found(PersonFactory()) == ["story"]
    Programme.objects.filter(pk=initiative.programme_id).update(state=ProgrammeState.DRAFT)
    journal.record("programmes.described", initiative.programme, by=None, fields=["state"])
    assert kinds_found(PersonFactory()) == []
    tokens = [
        *Written.objects.values_list("audience", flat=True),
        *Passage.objects.values_list("audience", flat=True),
    ]
    assert not any("public" in some for some in tokens)
