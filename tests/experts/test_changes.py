"""What was checked is kept: whoever rewrites it is looked at again, and meanwhile found with a mark."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import asked_by, expert_in, written
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.experts import changes
from vivaio.experts.actions import bank as actions
from vivaio.experts.states import Level, ProfileState
from vivaio.finder import actions as finder
from vivaio.finder import queries as found
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def expert(scene):
    """Checked for solid experience of statutes, free of charge."""
    return scene.expert(level=Level.SOLID)


def rewrite(scene, expert, *competences, **more):
    """The expert writes the profile anew: mastery, with other evidence."""
    given = written(*(competences or (scene.statutes,)), **more)
    signed_in(expert.person).post(url("edit", expert.pk), given)
    expert.refresh_from_db()


def letters(name):
    return OutgoingLetter.objects.filter(letter=f"experts.{name}")


def levels(expert):
    return {one.competence_id: one.level for one in expert.competences.all()}


def test_the_programme_is_told_what_has_changed_and_the_expert_stays_with_a_mark(scene, expert):
    request = asked_by(scene.initiative, scene.brands)
    rewrite(scene, expert, scene.statutes, scene.brands)
    rewrite(scene, expert, scene.statutes, scene.brands, headline="Altro")
    assert expert.state == ProfileState.CHECKED
    told = letters("changed").get()
    assert told.person == scene.manager.pk
    assert str(scene.brands) in told.text
    staff = signed_in(scene.manager)
    queue = f"{url('bank', scene.programme.slug)}?changed=yes"
    assert queue in staff.get(reverse("desk:home")).text
    assert expert.get_absolute_url() in staff.get(queue).text
    page = staff.get(expert.get_absolute_url()).text
    assert "Dieci incarichi." in page, "what was checked is shown beside what stands now"
    assert "Trenta statuti." in page
    assert "Cambiato dopo la verifica" in staff.get(url("request", request.pk)).text


def test_changes_are_told_in_the_readers_language_whoever_made_them(scene, expert):
    for one, (name, other) in {
        scene.statutes: ("Statuti", "Statutes"),
        scene.brands: ("Marchi", "Brands"),
    }.items():
        one.title, one.i18n = name, {"title_en": other}
        one.save()
    rewrite(scene, expert, scene.brands)
    with override("en"):
        told = " ".join(changes.in_words(expert))
    assert "Added: Brands" in told
    assert "Removed: Statutes" in told
    scene.statutes.delete()
    with override("en"):
        assert "Removed: Statuti" in " ".join(changes.in_words(expert)), "the name kept, once it is gone"


def test_other_words_of_the_profile_need_no_new_look(scene, expert):
    rewrite(scene, expert, headline="Altro", level_1="2", evidence_1="Dieci incarichi.")
    assert (expert.headline, expert.changed_at) == ("Altro", None)
    assert not letters("changed").exists()


def test_what_is_put_back_by_the_expert_waits_for_nobody(scene, expert):
    rewrite(scene, expert)
    rewrite(scene, expert, level_1="2", evidence_1="Dieci incarichi.")
    assert (expert.changed_at, expert.as_checked) == (None, {})


def test_changes_hold_once_the_programme_has_looked_at_those_that_stand(scene, expert):
    rewrite(scene, expert)
    seen = expert.changed_at.isoformat()
    rewrite(scene, expert, pro_bono="", rate="90")
    with pytest.raises(Refused):
        actions.accept_changes(expert, seen=seen, by=scene.manager)
    page = signed_in(scene.manager)
    given = {"seen": expert.changed_at.isoformat(), "words": ""}
    page.post(url("act", expert.pk, "accept-changes"), given)
    expert.refresh_from_db()
    assert (expert.changed_at, expert.as_checked, expert.checked_by) == (None, {}, scene.manager)
    assert levels(expert) == {scene.statutes.pk: Level.MASTERY}
    assert letters("changes_accepted").get().person == expert.person_id


def test_what_does_not_hold_is_put_back_with_the_reason(scene, expert):
    rewrite(scene, expert, scene.brands, pro_bono="", rate="90")
    staff, given = signed_in(scene.manager), {"seen": expert.changed_at.isoformat()}
    staff.post(url("act", expert.pk, "undo-changes"), given)
    expert.refresh_from_db()
    assert expert.changed_at, "not without a reason"
    staff.post(url("act", expert.pk, "undo-changes"), given | {"words": "Manca ciò che lo dimostra."})
    expert.refresh_from_db()
    assert (expert.changed_at, expert.pro_bono, expert.rate) == (None, True, None)
    assert levels(expert) == {scene.statutes.pk: Level.SOLID}
    assert "Manca ciò che lo dimostra." in letters("changes_undone").get().text


def test_nobody_looks_at_their_own_changes_nor_does_a_reader(scene, expert):
    rewrite(scene, expert)
    seen = expert.changed_at.isoformat()
    for person in (expert.person, PersonFactory()):
        with pytest.raises(Refused):
            actions.accept_changes(expert, seen=seen, by=person)


def test_an_expert_is_found_by_name_by_who_may_read_the_profile(scene):
    expert = expert_in(scene.programme, person__given_name="Ilde", person__family_name="Zanfranceschi")
    finder.catch_up("expert")

    def results(person):
        return [one.kind for one in found.search(person, "Zanfranceschi").results]

    assert results(scene.manager) == ["expert"]
    assert results(scene.leader) == ["expert"]  # whose team may open the profile
    assert results(holder(Scene().programme, "manager")) == results(PersonFactory()) == []
    assert "expert" in results(expert.person)
