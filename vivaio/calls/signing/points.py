"""The points of the checklist about signatures, laid down when the call is published."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.calls.actions.keys import free_slug
from vivaio.calls.models import Call, Condition
from vivaio.calls.signing import queries
from vivaio.calls.states import ConditionKind


def lay(call: Call) -> None:
    """A point for each document to sign that has none yet, for the staff alone. Part of an action."""
    rows = list(call.conditions.all())
    there = {one.parameters.get("question", "") for one in rows if one.kind == ConditionKind.SIGNATURE}
    taken = {one.key for one in rows}
    position = max((one.position for one in rows), default=-1)
    for wanted in queries.wanted(call):
        if wanted.question in there:
            continue
        position += 1
        key = free_slug(f"signature {wanted.question}", taken, otherwise="signature")
        taken.add(key)
        words = {code: _title(call, wanted.question, code) for code, _name in settings.LANGUAGES}
        Condition.objects.create(
            call=call,
            key=key,
            position=position,
            kind=ConditionKind.SIGNATURE,
            parameters={"question": wanted.question} if wanted.question else {},
            internal=True,
            title=words.pop("it", _title(call, wanted.question, "it")),
            i18n={f"title_{code}": text for code, text in words.items() if code != "it"},
        )


def _title(call: Call, question: str, language: str) -> str:
    with override(language):
        label = next(one.label for one in queries.wanted(call) if one.question == question)
        return (_("Signature of: %(document)s") % {"document": label})[:300]
