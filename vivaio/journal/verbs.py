"""What a verb says in words. Each room declares its own in its `verbs.py`.

    declare("application.submitted", _("{actor} handed in the application."))

The sentence is read in the person's language; `{actor}` is who acted (or “Vivaio”), `{subject}` names
the subject.
"""

from typing import Any

SENTENCES: dict[str, Any] = {}


def declare(verb: str, sentence: Any) -> None:
    """Give `verb` its sentence. Raises `ValueError` when another room has given it one."""
    if verb in SENTENCES:
        raise ValueError(f"There are two sentences for {verb!r}.")
    SENTENCES[verb] = sentence


def sentence(verb: str, *, actor: str, subject: str) -> str:
    """What happened, as a sentence; an undeclared verb is shown as it is, so that nothing is hidden."""
    known = SENTENCES.get(verb)
    if known is None:
        return f"{actor}: {verb} {subject}".strip()
    return str(known).format(actor=actor, subject=subject)
