"""Who may prepare and publish the results, and why not."""

from django.utils.translation import gettext as _

from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.states import ResultsState


def edit(programme: Programme, person: Person | None) -> str | None:
    """Who looks after the programme's public pages."""
    return programmes.may(person, "site.edit", programme)


def publish(results: Results, person: Person | None) -> str | None:
    """What is not on line goes on line, once somebody has counted something."""
    refused = edit(results.programme, person)
    if refused:
        return refused
    if results.state == ResultsState.PUBLISHED:
        return _("The results are on line already.")
    if not results.figures:
        return _("Take the figures first: there is nothing to tell yet.")
    return None


def withdraw(results: Results, person: Person | None) -> str | None:
    """What is on line is taken off line."""
    refused = edit(results.programme, person)
    if refused:
        return refused
    if results.state != ResultsState.PUBLISHED:
        return _("The results are not on line.")
    return None


def tell(results: Results, person: Person | None) -> str | None:
    """Whoever took part is written to once, when there is a page to read."""
    refused = edit(results.programme, person)
    if refused:
        return refused
    if results.state != ResultsState.PUBLISHED:
        return _("Publish the results first: the letter leads to their page.")
    if results.told_at is not None:
        return _("The letters have been written already: they wait, or left, in the outbox.")
    return None
