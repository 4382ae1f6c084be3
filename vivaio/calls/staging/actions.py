"""Stages are added at the end of a call, and taken away while nobody counts on them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import override

from vivaio.calls import queries as calls
from vivaio.calls.actions.keys import free_slug
from vivaio.calls.models import Call, Criterion, Track
from vivaio.calls.staging import queries, rules
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.questionnaires.models import FormVersion

# What a later stage has like the one before, until somebody changes it.
LIKE_BEFORE = (
    "phase", "applicant_kinds", "open_to_minors", "integration_days", "acceptance_days", "two_persons",
    "reviews_each", "reviewing", "discussing", "revising", "practice_counts", "disclosure", "publish_scores",
    "publish_juror_scores", "ranking_public_days",
    "commenting", "comments_needed", "comment_least",
    "application_signature",
)  # fmt: skip
OF_CRITERIA = ("deciding", "tie_breaks", "draw_source")


@transaction.atomic
def add(
    call: Call,
    *,
    by: Person | None,
    names: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    first_names: Mapping[str, str] | None = None,
    form: FormVersion | None = None,
    with_criteria: bool = True,
) -> Call:
    """A stage more, after the last one, with its tracks and, if asked for, its criteria. `names` by language.

    `first_names` name the first stage where it has no name yet. Raises `Refused` once the first stage has opened.
    """
    first = calls.locked(queries.chain_of(call)[0].pk)  # two who add at once come one after the other
    chain = queries.chain_of(first)
    before = chain[-1]
    require(rules.add, chain, by)
    require(rules.named, [names["it"]])
    require(rules.after, before, opens_at)
    if first_names and not chain[0].stage_name:
        write_texts(chain[0], {"stage_name": first_names})
        chain[0].save()
    made = _made(chain, names, opens_at, closes_at, form)
    _copied(Track, before, made)
    if with_criteria:
        for name in OF_CRITERIA:
            setattr(made, name, getattr(before, name))
        made.save()
        _copied(Criterion, before, made)
    programmes.public_changed(call.programme_id)
    journal.record("calls.stage_added", made, by=by)
    return made


def _made(
    chain: list[Call],
    names: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    form: FormVersion | None,
) -> Call:
    first, before = chain[0], chain[-1]
    made = Call(
        programme=first.programme,
        slug=free_slug(
            f"{first.slug} {names['it']}", set(first.programme.calls.values_list("slug", flat=True))
        ),
        follows=before,
        opens_at=opens_at,
        closes_at=closes_at,
        form=form,
        **{name: getattr(before, name) for name in LIKE_BEFORE},
    )
    if form is not None and before.title_question in form.questionnaire.by_name:
        made.title_question = before.title_question
    titles = {}
    for language, name in names.items():
        with override(language):
            titles[language] = f"{first.title_i18n}: {name}"[:160] if name else ""
    write_texts(made, {"stage_name": names, "title": titles})
    made.save()
    return made


def _copied(model: Any, before: Call, after: Call) -> None:
    for row in model.objects.filter(call=before):
        row._state.adding, row.pk = True, None
        row.id = model._meta.get_field("id").get_default()
        row.call = after
        row.save()


@transaction.atomic
def remove(call: Call, *, by: Person | None) -> None:
    """Take a stage away; the one after it, if any, follows the one before."""
    calls.locked(queries.chain_of(call)[0].pk)
    call = calls.locked(call.pk)
    require(rules.remove, call, by)
    before, following = call.follows, call.leads_on
    journal.record("calls.stage_removed", call, by=by)
    if following is not None:
        Call.objects.filter(pk=following.pk).update(follows=None)
    call.delete()
    if following is not None:
        Call.objects.filter(pk=following.pk).update(follows=before)
    programmes.public_changed(call.programme_id)
