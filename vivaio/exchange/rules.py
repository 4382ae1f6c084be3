"""Who may stand in the directory, ask and answer, and why not."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.exchange import queries
from vivaio.exchange.models import Entry, Introduction
from vivaio.exchange.states import EntryState, IntroductionState
from vivaio.kit import clock
from vivaio.people import rules as people
from vivaio.people.models import Organisation, Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme

# Enough for whoever looks for partners in earnest, too few for whoever writes to everybody.
MOST_A_DAY = 5
DAY = dt.timedelta(days=1)


def join(programme: Programme, organisation: Organisation | None, person: Person) -> str | None:
    """One enters by one's own choice: a person oneself, an organisation by its administrators, once."""
    if not programme.is_public:
        return _("The programme is not public yet: its directory opens with it.")
    if organisation is None:
        if not person.full_name:
            return _("Write your name in your profile first: the directory shows it.")
        taken = Entry.objects.filter(programme=programme, person=person)
    else:
        refused = people.edit_organisation(organisation, person)
        if refused:
            return refused
        taken = Entry.objects.filter(programme=programme, organisation=organisation)
    if taken.exists():
        return _("This entry is there already: change it, or put it back, from your own entries.")
    return None


def something_said(offers: str, looks_for: str) -> str | None:
    """An entry says what it offers, or what it looks for."""
    if offers.strip() or looks_for.strip():
        return None
    return _("Write what you offer or what you look for: it is what others find you by.")


def edit(entry: Entry, person: Person) -> str | None:
    """Who answers for an entry changes it."""
    if queries.looks_after(entry, person):
        return None
    return _("Only who is in this entry, or administers its organisation, may change it.")


def take_out(entry: Entry, person: Person) -> str | None:
    """Who answers for an entry takes it out; so does who looks after the directory."""
    if queries.looks_after(entry, person):
        return None
    return programmes.may(person, "introductions.follow", entry.programme_id)


def ask(entry: Entry, person: Person) -> str | None:
    """One asks others, a few a day, one at a time each."""
    if entry.state != EntryState.LISTED or not entry.programme.is_public:
        return _("This entry is no longer in the directory.")
    if queries.looks_after(entry, person):
        return _("This entry is your own.")
    if not person.full_name:
        return _("Write your name in your profile first: whoever is asked wants to know by whom.")
    if queries.waits(entry, person):
        return _("You have asked already, and the answer is awaited: a letter will tell you.")
    if queries.asked_since(person, DAY) >= MOST_A_DAY:
        return _("You have asked for %(n)s introductions in a day, which is the most: go on tomorrow.") % {
            "n": MOST_A_DAY
        }
    if not queries.contacts_of(entry):
        return _("Nobody answers for this entry at the moment: write to the programme instead.")
    return None


def answer(introduction: Introduction, person: Person) -> str | None:
    """Who answers for the entry accepts or declines, once."""
    if not queries.looks_after(introduction.entry, person):
        return _("Only who is asked may answer.")
    return open_still(introduction)


def take_back(introduction: Introduction, person: Person) -> str | None:
    """Who asked takes it back, as long as nobody has answered."""
    if introduction.asked_by_id != person.pk:
        return _("Only who asked may take it back.")
    return open_still(introduction)


def open_still(introduction: Introduction) -> str | None:
    """Nothing more happens to what has been answered or taken back."""
    if introduction.state != IntroductionState.ASKED:
        return _("This introduction is closed: %(state)s.") % {"state": introduction.get_state_display()}
    return None


def remind(introduction: Introduction, person: Person) -> str | None:
    """Who helps introductions along reminds whoever is asked, once a day at most."""
    refused = programmes.may(person, "introductions.follow", introduction.programme_id)
    refused = refused or open_still(introduction)
    if refused:
        return refused
    last = introduction.reminded_at or introduction.created_at
    if clock.now() - last < DAY:
        return _("They heard of it less than a day ago: give them until tomorrow.")
    return None
