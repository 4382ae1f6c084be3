"""What rooms of accompaniment show in the search, to whom, and that what is withdrawn goes with the action itself."""

import pytest

from tests.factories.experts import ExpertProfileFactory, ExpertRequestFactory
from tests.factories.initiatives import InitiativeFactory, StoryFactory, TeamMemberFactory, published
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.states import ProfileState, RequestState
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


def test_an_expert_is_found_by_the_staff_and_themself_a_request_by_its_team(initiative):
    profile = ExpertProfileFactory(
        programme=initiative.programme, headline="Lanterna magica", state=ProfileState.CHECKED
    )
    request = ExpertRequestFactory(initiative=initiative, title="Una lanterna", state=RequestState.DRAFT)
    member, staff = TeamMemberFactory(initiative=initiative).person, holder(initiative.programme, "manager")
    read_all()
    assert kinds_found(profile.person) == ["expert"]
    assert kinds_found(member) == ["expert_request", "initiative"]
    assert kinds_found(staff) == ["expert", "initiative"]
    request.state = RequestState.OPEN
    request.save()
    read_all()
    assert kinds_found(staff) == ["expert", "expert_request", "initiative"]
    for stranger in (PersonFactory(), holder(ProgrammeFactory(), "manager")):
        assert kinds_found(stranger) == []


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
