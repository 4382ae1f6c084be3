"""Every write on the results of a programme."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.results import letters, queries, rules
from vivaio.publishing.results.taking import taken
from vivaio.publishing.states import ResultsState


@transaction.atomic
def take(programme: Programme, *, by: Person | None) -> Results:
    """Count everything anew: from here the page tells the figures of this moment."""
    programme = programmes.locked(programme.pk)
    require(rules.edit, programme, by)
    results = queries.locked(programme) or Results(programme=programme)
    results.figures, results.taken_at = taken(programme), clock.now()
    results.save()
    if results.is_public:
        programmes.public_changed(programme.pk)
    journal.record("results.taken", results, by=by, programme=programme.pk, fields=["figures"])
    return results


@transaction.atomic
def write(
    programme: Programme,
    *,
    texts: Mapping[str, Mapping[str, str]],
    left_out: Sequence[str],
    by: Person | None,
) -> Results:
    """Write the introduction, and say which parts are not told; the first time the figures are taken too."""
    results = _found(programme, by)
    changed = write_texts(results, texts)
    if set(results.left_out) != set(left_out):
        results.left_out = sorted(left_out)
        changed.append("left_out")
    if not changed:
        return results
    results.save()
    if results.is_public:
        programmes.public_changed(programme.pk)
    journal.record("results.edited", results, by=by, programme=programme.pk, fields=sorted(changed))
    return results


@transaction.atomic
def publish(programme: Programme, *, by: Person | None) -> Results:
    """The results go on line, and the programme's menu leads to them."""
    results = _found(programme, by)
    require(rules.publish, results, by)
    move(results, ResultsState.PUBLISHED, results.MOVES)
    results.published_at = results.published_at or clock.now()
    results.save()
    programmes.results_shown(programme.pk, True)
    journal.record("results.published", results, by=by, programme=programme.pk, fields=["state"])
    return results


@transaction.atomic
def withdraw(programme: Programme, *, by: Person | None) -> Results:
    """The results leave the line at once: page, document, data and menu."""
    results = _found(programme, by)
    require(rules.withdraw, results, by)
    move(results, ResultsState.WITHDRAWN, results.MOVES)
    results.save()
    programmes.results_shown(programme.pk, False)
    journal.record("results.withdrawn", results, by=by, programme=programme.pk, fields=["state"])
    return results


@transaction.atomic
def tell(programme: Programme, *, by: Person | None) -> Results:
    """Have a letter written to whoever took part; all of them wait together until somebody releases them."""
    results = _found(programme, by)
    require(rules.tell, results, by)
    results.told_at = clock.now()
    results.save()
    jobs.defer("publishing.write_results_letters", results=str(results.pk))
    journal.record("results.told", results, by=by, programme=programme.pk, fields=["told_at"])
    return results


@transaction.atomic
def write_letters(results_id: UUID) -> int:
    """Write the letters that `tell` asked for; who has one already gets no second."""
    results = Results.objects.select_related("programme").get(pk=results_id)
    return len(letters.published.enqueue(results, hold=True))


def _found(programme: Programme, by: Person | None) -> Results:
    """The programme's results under their lock, made with today's figures where there are none yet."""
    locked = programmes.locked(programme.pk)
    require(rules.edit, locked, by)
    found = queries.locked(locked)
    return found or take(locked, by=by)
