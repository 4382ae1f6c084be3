"""Calls and what was answered about them, as they are found."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.states import CallState, QuestionState
from vivaio.finder import audiences, sources
from vivaio.finder.sources import Entry, Source


def audience_of(call: Call) -> frozenset[str]:
    """Anyone, once it is published in a public programme; before that whoever reads the programme's calls."""
    if call.state != CallState.DRAFT and call.programme.is_public:
        return frozenset({audiences.PUBLIC})
    return frozenset({audiences.programme(call.programme_id, "calls.read")})


def entries_of_call(call: Call) -> Iterable[Entry]:
    """In each language that it is written in."""
    if call.programme.is_rehearsal:
        return []
    names = ("summary", "who", "what", "text")
    texts = sources.in_each_language(call, "title", names, lambda: str(call.programme))
    arguments = (call.programme.slug, call.slug)
    return [
        Entry(call.pk, texts, audience_of(call), "calls:call", arguments, programme=call.programme_id),
    ]


def entries_of_question(question: CallQuestion) -> Iterable[Entry]:
    """What was answered to all; who asked is nowhere in it."""
    call = question.call
    if question.state != QuestionState.PUBLISHED or call.programme.is_rehearsal:
        return []
    texts = tuple(
        sources.Text(
            text.language,
            Truncator(" ".join(text.title.split())).chars(140),
            (text.title, *text.texts) if len(text.title) > 140 else text.texts,
            text.context,
        )
        for text in sources.in_each_language(question, "wording", ("answer",), lambda: str(call))
    )
    return [
        Entry(
            question.pk,
            texts,
            audience_of(call),
            "calls:questions",
            (call.programme.slug, call.slug),
            anchor=f"q-{question.number}",
            programme=call.programme_id,
        )
    ]


sources.register(
    Source(
        kind="call",
        label=_("Calls"),
        rows=lambda: Call.objects.select_related("programme"),
        entries=entries_of_call,
        follows={"calls.call": "pk", "programmes.programme": "programme"},
        position=20,
    )
)
sources.register(
    Source(
        kind="question",
        label=_("Questions on calls"),
        rows=lambda: CallQuestion.objects.select_related("call__programme"),
        entries=entries_of_question,
        follows={
            "calls.callquestion": "pk",
            "calls.call": "call",
            "programmes.programme": "call__programme",
        },
        position=30,
    )
)
