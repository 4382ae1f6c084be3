"""The diary: who reads an entry, what its author declares, what the staff lets through, what is kept of it."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.factories.accompanying import (
    DiaryCommentFactory,
    DiaryEntryFactory,
    DiaryFileFactory,
    DiaryPhotoFactory,
    told_to_all,
)
from tests.factories.initiatives import StoryFactory, TeamMemberFactory, led, published
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.initiatives.actions import teaming
from vivaio.initiatives.diary import actions, queries
from vivaio.initiatives.models import DiaryEntry, DiaryPhoto, Story
from vivaio.initiatives.states import DiaryState, Visibility
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db
SAID = {"told_on": "2026-03-02", "title": "In cortile", "text": "Tre **banchi**."}


@pytest.fixture
def told():
    """An initiative of a public programme with its story on line, and who leads it."""
    initiative, leader = led(programme=ProgrammeFactory(state="published"))
    published(StoryFactory(initiative=initiative))
    return initiative, leader


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def picture(exif=None):
    into = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(into, "JPEG", exif=exif or Image.Exif())
    return into.getvalue()


def test_what_is_typed_is_kept_and_one_draft_is_gone_on_with(told):
    initiative, leader = told
    client = signed_in(leader)
    client.post(url("diary_start", initiative.pk))
    client.post(url("diary_start", initiative.pk))
    draft = DiaryEntry.objects.get()
    changes = {"changes": [{"path": "text", "value": "Comincio a scri"}, {"path": "title", "value": "Pri"}]}
    answer = client.post(url("diary_typed", draft.pk), json.dumps(changes), content_type="application/json")
    assert "Conservato" in answer.json()["saved_at_text"]
    assert "Comincio a scri" in client.get(url("diary_write", draft.pk)).content.decode()
    member = TeamMemberFactory(initiative=initiative).person
    assert signed_in(member).get(url("diary_write", draft.pk)).status_code == 404
    client.post(url("diary_write", draft.pk), {**SAID, "visibility": "team"})
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.typed) == (DiaryState.KEPT, "In cortile", {})
    assert "<strong>banchi</strong>" in signed_in(member).get(draft.get_absolute_url()).content.decode()


def test_each_reads_what_is_for_them(told):
    initiative, leader = told
    programme = initiative.programme
    team = DiaryEntryFactory(initiative=initiative, author=leader)
    shown = DiaryEntryFactory(initiative=initiative, author=leader, visibility=Visibility.PROGRAMME)
    follower, stranger = holder(programme, "community_manager"), PersonFactory()
    member = TeamMemberFactory(initiative=initiative).person
    assert signed_in(member).get(team.get_absolute_url()).status_code == 200
    assert signed_in(follower).get(team.get_absolute_url()).status_code == 404
    assert signed_in(follower).get(shown.get_absolute_url()).status_code == 200
    assert signed_in(stranger).get(shown.get_absolute_url()).status_code == 404
    page = signed_in(follower).get(url("diary", initiative.pk)).content.decode()
    assert shown.title in page
    assert team.title not in page


def test_an_entry_for_everybody_is_declared_and_then_let_through(told):
    initiative, leader = told
    draft = actions.start(initiative, by=leader)
    client = signed_in(leader)
    refused = client.post(url("diary_write", draft.pk), {**SAID, "visibility": "all"})
    assert refused.status_code == 422
    assert "dichiarazione" in refused.content.decode()
    client.post(url("diary_write", draft.pk), {**SAID, "visibility": "all", "declared": "on"})
    draft.refresh_from_db()
    assert (draft.state, draft.declared_by) == (DiaryState.WAITING, leader)
    assert draft.declared_at is not None
    assert not queries.for_all(initiative).exists()
    staff = holder(initiative.programme, "manager")
    signed_in(staff).post(url("diary_let_through", draft.pk), {"revision": str(draft.revision)})
    assert queries.for_all(initiative).get() == draft
    file = DiaryFileFactory(entry=draft)
    page = Client().get(reverse("initiatives:story", args=[initiative.programme.slug, initiative.slug])).text
    assert url("diary_file", file.pk) in page
    assert OutgoingLetter.objects.get(letter="initiatives.diary_let_through").recipient_email == leader.email


def test_a_change_after_the_reading_is_read_again(told):
    initiative, leader = told
    staff = holder(initiative.programme, "manager")
    entry = told_to_all(initiative=initiative, author=leader)
    seen = entry.revision
    values = {"told_on": entry.told_on, "title": "Altro", "text": "Con un nome", "visibility": "all"}
    actions.save(entry, values=values, declared=True, by=leader)
    with pytest.raises(Refused, match="Rileggila"):
        actions.let_through(entry, revision=seen, by=staff)
    entry.refresh_from_db()
    public = actions.let_through(entry, revision=entry.revision, by=staff)
    again = actions.save(public, values={**values, "text": "Altro ancora"}, declared=True, by=leader)
    assert again.state == DiaryState.WAITING
    assert not queries.for_all(initiative).exists()


def test_the_staff_asks_for_a_change_in_words(told):
    initiative, leader = told
    staff = holder(initiative.programme, "community_manager")
    entry = told_to_all(DiaryState.PUBLIC, initiative=initiative, author=leader)
    sent = {"words": "Togliete il nome di Anna.", "revision": str(entry.revision)}
    signed_in(staff).post(url("diary_ask", entry.pk), sent)
    entry.refresh_from_db()
    assert entry.state == DiaryState.TO_CHANGE
    assert not queries.for_all(initiative).exists()
    assert "Togliete il nome di Anna." in OutgoingLetter.objects.get().text
    assert "Togliete il nome di Anna." in signed_in(leader).get(entry.get_absolute_url()).content.decode()


def test_nobody_lets_their_own_words_through(told):
    initiative, leader = told
    TeamMemberFactory(initiative=initiative, person=(staff := holder(initiative.programme, "manager")))
    entry = told_to_all(initiative=initiative, author=staff)
    with pytest.raises(Refused, match="qualcun altro"):
        actions.let_through(entry, revision=entry.revision, by=staff)
    for other in (leader, holder(initiative.programme, "auditor")):
        with pytest.raises(Refused):
            actions.let_through(entry, revision=entry.revision, by=other)


def test_a_photo_says_what_it_shows_and_not_where_it_was_taken(told):
    initiative, leader = told
    entry = actions.start(initiative, by=leader)
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (45.0, 28.0, 0.0)}
    client = signed_in(leader)
    sent = {"file": SimpleUploadedFile("a.jpg", picture(exif), "image/jpeg"), "alt": ""}
    assert client.post(url("diary_photo_add", entry.pk), sent).status_code == 422
    sent = {"file": SimpleUploadedFile("a.jpg", picture(exif), "image/jpeg"), "alt": "Un cortile verde"}
    client.post(url("diary_photo_add", entry.pk), sent)
    photo = DiaryPhoto.objects.get()
    with Image.open(photo.large) as stored:
        assert not stored.getexif()
    assert 'alt="Un cortile verde"' in client.get(entry.get_absolute_url()).content.decode()


def test_what_is_added_to_an_entry_for_everybody_is_declared_too(told):
    initiative, leader = told
    entry = told_to_all(DiaryState.PUBLIC, initiative=initiative, author=leader)
    client = signed_in(leader)

    def send(**more):
        file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        return client.post(url("diary_photo_add", entry.pk), {"file": file, "alt": "Un volto", **more})

    assert send().status_code == 422
    assert not entry.photos.exists()
    send(declared="on")
    entry.refresh_from_db()
    assert entry.state == DiaryState.WAITING


def test_files_are_served_to_who_may_read_the_entry(told):
    initiative, leader = told
    kept = DiaryEntryFactory(initiative=initiative, author=leader)
    public = told_to_all(DiaryState.PUBLIC, initiative=initiative, author=leader)
    photo, file = DiaryPhotoFactory(entry=kept), DiaryFileFactory(entry=kept)
    shown = DiaryPhotoFactory(entry=public)
    for address in (url("diary_photo", photo.pk, "large"), url("diary_file", file.pk)):
        assert signed_in(leader).get(address).status_code == 200
        assert Client().get(address).status_code == 404
        assert signed_in(holder(initiative.programme, "manager")).get(address).status_code == 404
    assert Client().get(url("diary_photo", shown.pk, "small")).status_code == 200
    story = reverse("initiatives:story", args=[initiative.programme.slug, initiative.slug])
    page = Client().get(story).content.decode()
    assert url("diary_photo", shown.pk, "small") in page
    assert str(kept) not in page or str(kept) == str(public)
    Story.objects.update(shown=None)
    assert Client().get(url("diary_photo", shown.pk, "small")).status_code == 404, "no story, nothing told"


def test_a_deleted_entry_leaves_only_that_it_was_there(told):
    initiative, leader = told
    entry = told_to_all(DiaryState.PUBLIC, initiative=initiative)
    photo = DiaryPhotoFactory(entry=entry)
    DiaryCommentFactory(entry=entry)
    with pytest.raises(Refused, match="Scrivi perché"):
        actions.delete(entry, reason=" ", by=leader)
    signed_in(leader).post(url("diary_delete", entry.pk), {"reason": "Si riconosceva una persona"})
    entry.refresh_from_db()
    assert (entry.state, entry.text, entry.photos.count(), entry.comments.count()) == ("deleted", "", 0, 0)
    assert not queries.for_all(initiative).exists()
    assert Client().get(url("diary_photo", photo.pk, "small")).status_code == 404
    page = signed_in(leader).get(url("diary", initiative.pk)).content.decode()
    assert "Si riconosceva una persona" in page
    assert Record.objects.filter(verb="initiatives.diary_deleted", subject_id=entry.pk).exists()


def test_followers_comment_and_the_author_hears_of_it(told):
    initiative, leader = told
    follower = holder(initiative.programme, "community_manager")
    entry = DiaryEntryFactory(initiative=initiative, author=leader, visibility=Visibility.PROGRAMME)
    for _twice in range(2):
        signed_in(follower).post(url("diary_comment", entry.pk), {"text": "Bravi davvero."})
    assert entry.comments.count() == 1
    letter = OutgoingLetter.objects.get(letter="initiatives.diary_commented")
    assert letter.recipient_email == leader.email
    assert "Bravi davvero." not in letter.text
    with pytest.raises(Refused):
        actions.comment(entry, "No", by=holder(initiative.programme, "auditor"))
    with pytest.raises(Refused):
        actions.take_back(entry.comments.get(), by=leader)
    actions.take_back(entry.comments.get(), by=follower)
    assert not entry.comments.exists()


def test_who_may_read_an_entry_no_more_hears_nothing_of_it(told):
    initiative, leader = told
    gone = TeamMemberFactory(initiative=initiative)
    entry = DiaryEntryFactory(initiative=initiative, author=gone.person)
    DiaryCommentFactory(entry=entry, person=holder(initiative.programme, "community_manager"))
    staying = DiaryCommentFactory(entry=entry, person=TeamMemberFactory(initiative=initiative).person).person
    teaming.end(gone, by=leader)
    actions.comment(entry, "Ne parliamo domani", by=leader)
    letters = OutgoingLetter.objects.filter(letter="initiatives.diary_commented")
    assert [letter.recipient_email for letter in letters] == [staying.email]


def test_a_refused_comment_stays_in_the_field(told):
    initiative, leader = told
    entry = DiaryEntryFactory(initiative=initiative, author=leader)
    page = signed_in(leader).post(url("diary_comment", entry.pk), {"text": "a" * 2001})
    assert page.status_code == 422
    assert "a" * 2001 in page.content.decode()


def test_an_author_who_is_erased_leaves_the_diary_without_their_name(told):
    initiative, leader = told
    author = TeamMemberFactory(initiative=initiative).person
    entry = DiaryEntryFactory(initiative=initiative, author=author)
    actions.start(initiative, by=author)
    DiaryCommentFactory(entry=entry, person=author)
    into = Gathered()
    gathering.send(Person, person=author, into=into)
    assert {"diary", "diary_comments"} <= {section.key for section in into.sections}
    erasing.send(Person, person=author)
    entry.refresh_from_db()
    assert entry.author is None
    assert DiaryEntry.objects.count() == 1
    assert entry.comments.get().person is None
    actions.save(
        entry,
        values={"told_on": entry.told_on, "title": "Nuovo", "text": "Testo", "visibility": "team"},
        declared=False,
        by=leader,
    )


def test_what_came_back_to_somebody_who_left_is_taken_over_by_who_leads(told):
    initiative, leader = told
    member = TeamMemberFactory(initiative=initiative)
    waits = told_to_all(initiative=initiative, author=member.person)
    staff = holder(initiative.programme, "community_manager")
    client = signed_in(leader)
    entry_page = client.get(waits.get_absolute_url()).text
    assert url("diary_write", waits.pk) not in entry_page, "their author is still of the team"
    member.ended_at = clock.now()
    member.save()

    actions.ask(waits, revision=waits.revision, words="Togli il nome.", by=staff)
    told_by = OutgoingLetter.objects.get(letter="initiatives.diary_to_change")
    assert told_by.person == leader.pk
    assert "voce del diario" in client.get(reverse("desk:home")).text
    assert url("diary_write", waits.pk) in client.get(waits.get_absolute_url()).text
    client.post(url("diary_write", waits.pk), {**SAID, "visibility": "all", "declared": "on"})
    waits.refresh_from_db()
    assert (waits.state, waits.declared_by) == (DiaryState.WAITING, leader)


def test_the_diary_is_filtered_by_month_and_reader(told):
    initiative, leader = told
    DiaryEntryFactory(initiative=initiative, author=leader, title="A marzo", told_on="2026-03-04")
    DiaryEntryFactory(
        initiative=initiative, author=leader, title="Ad aprile", told_on="2026-04-04", visibility="programme"
    )
    client = signed_in(leader)
    march = client.get(url("diary", initiative.pk), {"month": "2026-03"}).content.decode()
    assert "A marzo" in march
    assert "Ad aprile" not in march
    both = client.get(url("diary", initiative.pk), {"visibility": "programme"}).content.decode()
    assert "Ad aprile" in both
    assert "A marzo" not in both
