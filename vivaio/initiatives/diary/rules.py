"""Who writes in a diary, who lets an entry through, who comments, and why not."""

from django.utils.translation import gettext as _

from vivaio.initiatives.diary import queries
from vivaio.initiatives.models import DiaryComment, DiaryEntry, Initiative
from vivaio.initiatives.models.diary import LONGEST_REMARK
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import ENDED, DiaryState, Visibility
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.rules import may

MOST_PHOTOS, MOST_FILES = 12, 12


def write(initiative: Initiative, person: Person) -> str | None:
    """The team writes its diary, as long as the initiative goes on."""
    return writes(initiative, initiatives.is_of_team(person, initiative))


def writes(initiative: Initiative, of_team: bool) -> str | None:
    """The same, for a page that knows already whether they are of the team."""
    if initiative.state in ENDED:
        return _("This initiative has ended: its diary stays as it was.")
    return None if of_team else _("Only the team writes in its diary. You can comment on what it tells.")


def change(entry: DiaryEntry, person: Person) -> str | None:
    """An entry is its author's; where the author is gone, or of the team no more, the leaders look after it."""
    if refused := write(entry.initiative, person):
        return refused
    if entry.state == DiaryState.DELETED:
        return _("This entry was deleted.")
    if entry.author_id == person.pk:
        return None
    if initiatives.leads(person, entry.initiative) and queries.left_behind(entry):
        return None
    return _("Only who wrote an entry changes it. You can comment on it.")


def said(title: str, text: str) -> str | None:
    """An entry says something."""
    if not title.strip():
        return _("Write a title: it is what the diary's list shows.")
    return None if text.strip() else _("Write what happened: a few lines are enough.")


def declared(visibility: str, given: bool) -> str | None:
    """An entry for everybody asks its author to answer for those who benefit."""
    if visibility != Visibility.ALL or given:
        return None
    return _(
        "An entry for everybody needs your declaration that nobody who benefits from the initiative can be "
        "recognised in it: names, faces, voices, addresses, stories that only one person can have."
    )


def delete(entry: DiaryEntry, person: Person) -> str | None:
    """Who wrote an entry deletes it, or a leader of the team."""
    if entry.state == DiaryState.DRAFT:
        return _("A draft is thrown away, not deleted.")
    if entry.state == DiaryState.DELETED:
        return _("This entry was deleted.")
    own = entry.author_id == person.pk and initiatives.is_of_team(person, entry.initiative)
    if own or initiatives.leads(person, entry.initiative):
        return None
    return _("Only who wrote an entry, or who leads the team, deletes it.")


def with_reason(reason: str) -> str | None:
    """What disappears says why."""
    return None if reason.strip() else _("Write why it is deleted: the team reads it in its place.")


def discard(entry: DiaryEntry, person: Person) -> str | None:
    """One's own draft alone."""
    if entry.state != DiaryState.DRAFT or entry.author_id != person.pk:
        return _("Only a draft of your own is thrown away.")
    return None


def decide(entry: DiaryEntry, revision: int, person: Person) -> str | None:
    """Who accompanies the initiatives decides on exactly what they have read; nobody on their own words."""
    if refused := may(person, "initiatives.follow", entry.initiative.programme_id):
        return refused
    if person.pk in (entry.author_id, entry.declared_by_id):
        return _("You wrote it: somebody else of the staff reads it before it goes on line.")
    if entry.revision != revision:
        return _("The entry has changed while you were reading it. Read it again, then decide.")
    return None


def let_through(entry: DiaryEntry, revision: int, person: Person) -> str | None:
    """What waits is let through."""
    if refused := decide(entry, revision, person):
        return refused
    if entry.state != DiaryState.WAITING:
        return _("This entry does not wait for a decision: %(state)s.") % {"state": entry.get_state_display()}
    return None


def ask(entry: DiaryEntry, revision: int, person: Person, words: str) -> str | None:
    """The author hears what to change; a public entry goes off line by that."""
    if refused := decide(entry, revision, person):
        return refused
    if entry.state not in (DiaryState.WAITING, DiaryState.PUBLIC):
        return _("This entry does not wait for a decision: %(state)s.") % {"state": entry.get_state_display()}
    return None if words.strip() else _("Write what to change: its author works with your words.")


def photo(entry: DiaryEntry) -> str | None:
    if entry.photos.count() >= MOST_PHOTOS:
        return _("An entry holds %(n)s photos at most.") % {"n": MOST_PHOTOS}
    return None


def in_words(alt: str) -> str | None:
    """A photo says what it shows."""
    return None if alt.strip() else _("Say in words what the photo shows: some readers only hear it.")


def file(entry: DiaryEntry) -> str | None:
    if entry.files.count() >= MOST_FILES:
        return _("An entry holds %(n)s files at most.") % {"n": MOST_FILES}
    return None


def comment(entry: DiaryEntry, person: Person) -> str | None:
    """The team, and who accompanies it, about what they may read."""
    if entry.state not in queries.STANDING:
        return _("This entry is not in the diary: there is nothing to comment on.")
    if initiatives.is_of_team(person, entry.initiative):
        return None
    follows = programmes.can(person, "initiatives.follow", entry.initiative.programme_id)
    if follows and entry.visibility in queries.FOR_PROGRAMME:
        return None
    return _("Only the team, and who accompanies it, comments on its diary.")


def words(text: str) -> str | None:
    """A comment says something, and not everything."""
    if not text.strip():
        return _("Write your comment first.")
    if len(text) > LONGEST_REMARK:
        return _("A comment holds %(n)s characters at most: shorten it, or send it in two.") % {
            "n": LONGEST_REMARK
        }
    return None


def take_back(remark: DiaryComment, person: Person) -> str | None:
    """One's own words alone."""
    return None if remark.person_id == person.pk else _("Only who wrote a comment takes it back.")
