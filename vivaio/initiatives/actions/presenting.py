"""The public page of an initiative: written by its team, approved by the programme, taken off line."""

from collections.abc import Mapping

from django.db import transaction

from vivaio.initiatives import letters_answers
from vivaio.initiatives.models import Initiative, Story
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.queries import presenting as queries
from vivaio.initiatives.rules import presenting as rules
from vivaio.initiatives.states import STORY_MOVES, StoryState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import Checked, fitted
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

LARGE = 1600


@transaction.atomic
def write(
    initiative: Initiative,
    *,
    texts: Mapping[str, Mapping[str, str]],
    picture: Checked | None = None,
    without_picture: bool = False,
    by: Person,
) -> Story:
    """Write the page anew; what is on line stays as it was until the new words are approved."""
    story = _locked(initiative)
    require(rules.write, story, by)
    changed = write_texts(story, texts)
    if picture is not None:
        made = fitted(picture.file, LARGE)
        story.picture, story.picture_width, story.picture_height = made.file, made.width, made.height
        changed.append("picture")
    elif without_picture and story.picture:
        story.picture, story.picture_width, story.picture_height = "", 0, 0
        changed.append("picture")
    if not changed:
        return story
    if story.state != StoryState.WRITING:
        move(story, StoryState.WRITING, STORY_MOVES)
    story.save()
    journal.record(
        "initiatives.story_written", initiative, by=by, programme=initiative.programme_id, fields=changed
    )
    return story


@transaction.atomic
def ask(initiative: Initiative, *, declared: bool, by: Person) -> Story:
    """Ask the programme to put the page on line; the team says that nobody helped can be recognised."""
    story = _locked(initiative)
    require(rules.ask, story, declared, by)
    now = clock.now()
    story.asked_by, story.asked_at, story.declared_at, story.reason = by, now, now, ""
    _moved(story, StoryState.ASKED, "initiatives.story_asked", by)
    letters_answers.story_asked.enqueue(story, cause=now.isoformat())
    return story


@transaction.atomic
def take_back(initiative: Initiative, *, by: Person) -> Story:
    """Go on writing."""
    story = _locked(initiative)
    require(rules.take_back, story, by)
    return _moved(story, StoryState.WRITING, "initiatives.story_taken_back", by)


@transaction.atomic
def approve(initiative: Initiative, *, revision: str, by: Person) -> Story:
    """The words that were read go on line, in the place of those before."""
    story = _locked(initiative)
    require(rules.answer, story, revision, by)
    story.shown = story.as_it_stands()
    story.answered_by, story.answered_at = by, clock.now()
    story.published_at = story.published_at or story.answered_at
    _moved(story, StoryState.APPROVED, "initiatives.story_approved", by)
    programmes.public_changed(initiative.programme_id)
    letters_answers.story_approved.enqueue(story, cause=story.answered_at.isoformat())
    return story


@transaction.atomic
def send_back(initiative: Initiative, *, revision: str, reason: str, by: Person) -> Story:
    """The team reads what to change."""
    require(rules.with_reason, reason)
    story = _locked(initiative)
    require(rules.answer, story, revision, by)
    story.answered_by, story.answered_at, story.reason = by, clock.now(), reason.strip()
    _moved(story, StoryState.SENT_BACK, "initiatives.story_sent_back", by)
    letters_answers.story_sent_back.enqueue(story, cause=story.answered_at.isoformat())
    return story


@transaction.atomic
def withdraw(initiative: Initiative, *, by: Person) -> Story:
    """Take the page off line; its words stay with the team."""
    story = _locked(initiative)
    require(rules.withdraw, story, by)
    story.shown, story.published_at = None, None
    _moved(story, StoryState.WITHDRAWN, "initiatives.story_withdrawn", by)
    programmes.public_changed(initiative.programme_id)
    letters_answers.story_withdrawn.enqueue(story, cause=clock.now().isoformat())
    return story


def asks_anew(initiative: Initiative) -> None:
    """A new title, or an enterprise: what is on line stays as it was approved, the page can ask anew. Its row is
    locked."""
    story = queries.locked(initiative)
    if story.state == StoryState.APPROVED:
        move(story, StoryState.WRITING, STORY_MOVES)
        story.save()


def _locked(initiative: Initiative) -> Story:
    return queries.locked(initiatives.locked(initiative.pk))


def _moved(story: Story, to: StoryState, verb: str, by: Person) -> Story:
    move(story, to, STORY_MOVES)
    story.save()
    journal.record(verb, story.initiative, by=by, programme=story.programme_id, fields=["state"])
    return story
