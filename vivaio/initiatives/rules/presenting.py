"""Who writes the public page of an initiative, who approves it, and why not."""

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Story
from vivaio.initiatives.rules import editing
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import StoryState
from vivaio.people.models import Person


def write(story: Story, person: Person) -> str | None:
    """Its team, and whoever accompanies it; not while it waits for approval."""
    refused = editing.edit(story.initiative, person)
    if refused:
        return refused
    if story.state == StoryState.ASKED:
        return _("The page waits for approval: take it back to go on writing.")
    return None


def ask(story: Story, declared: bool, person: Person) -> str | None:
    """A page with its words in the first language, in which nobody who is helped can be recognised."""
    refused = write(story, person)
    if refused:
        return refused
    if not story.lead or not story.text:
        return _("Write the sentence at the top and the story first, and save them.")
    if not declared:
        return _("Confirm first that nobody whom the initiative helps can be recognised.")
    return None


def take_back(story: Story, person: Person) -> str | None:
    """Who may write takes the page back."""
    refused = editing.edit(story.initiative, person)
    if refused:
        return refused
    return None if story.state == StoryState.ASKED else _("The page does not wait for approval.")


def answer(story: Story, revision: str, person: Person) -> str | None:
    """Who accompanies the initiative approves its page, or sends it back: exactly what they have read."""
    refused = rules.follow(story.initiative, person)
    if refused:
        return refused
    if story.state != StoryState.ASKED:
        return _("The page does not wait for approval.")
    if story.revision != revision:
        return _("The page has changed while you were reading it. Read it again, then answer.")
    return None


def withdraw(story: Story, person: Person) -> str | None:
    """The team takes its page off line, and so does whoever accompanies it."""
    if not rules.concerned(story.initiative, person):
        return _("Only the team or the programme may take the page off line.")
    return None if story.is_public else _("The page is not on line.")


def with_reason(reason: str) -> str | None:
    """What is sent back says why."""
    return None if reason.strip() else _("Say what to change: the team reads it and tries again.")
