"""The letters that rooms declare, each in its own `letters.py`.

    receipt = Letter(
        "applications.receipt", title=_("Receipt"), category=PROCEDURE, recipients=team, context=receipt_context
    )
    receipt.enqueue(application)

Their words are Markdown templates, one per language, in `<room>/templates/<room>/letters/<name>.it.md`;
the first line is `Subject: ...`. A paragraph that is one link becomes a button.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from vivaio.mailroom import queries
from vivaio.mailroom.categories import Category
from vivaio.mailroom.models import PERSONAL_LINK, STOP_LINK, OutgoingLetter
from vivaio.mailroom.posting import Envelope, Recipient, batch_id, post
from vivaio.mailroom.rendering import Foot, Written, write

__all__ = ["REGISTRY", "Letter", "Recipient"]

REGISTRY: dict[str, "Letter"] = {}


class Letter:
    """A kind of letter: to whom, and what its template may say.

    `recipients(subject)` and `context(subject, recipient)` read the subject; `programme(subject)` gives the
    identifier of its programme (by default the subject's own); `group(subject)` names what letters held
    together belong to (by default the programme), so that an operator releases them as one batch.
    `category` says whether people choose how it reaches them (`mailroom.categories`); `before(subject)` is the
    instant that it tells of, if any: it leaves at once where the next digest would come too near to it.
    `personal` names the value of the context that is a personal link: the outbox shows the letter without it,
    and it is forgotten once the letter has left.
    """

    def __init__(
        self,
        name: str,
        *,
        title: Any,
        category: Category,
        recipients: Callable[[Any], Iterable[Recipient]],
        context: Callable[[Any, Recipient], Mapping[str, Any]],
        programme: Callable[[Any], UUID | None] | None = None,
        group: Callable[[Any], Any] | None = None,
        before: Callable[[Any], dt.datetime | None] | None = None,
        personal: str = "",
    ):
        if name in REGISTRY:
            raise ValueError(f"There are two letters called {name!r}.")
        self.name, self.title, self.category = name, title, category
        self.recipients, self.context = recipients, context
        self.programme = programme or _own_programme
        self.group, self.before, self.personal = group, before, personal
        REGISTRY[name] = self

    def enqueue(self, subject: Any, cause: str = "", hold: bool = False) -> list[OutgoingLetter]:
        """Queue the letter to each recipient, in the caller's transaction: sent if, and only if, it commits.

        It is written now, so that what is read in the outbox is what is sent. The same subject, cause and
        recipient get it once, however often this is called. `hold` keeps it until an operator releases it.
        """
        programme = self.programme(subject)
        group = self.group(subject) if self.group else programme or subject.pk
        envelope = Envelope(
            letter=self.name,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            cause=cause,
            programme=programme,
            batch=batch_id(self.name, group),
            hold=hold,
            category=self.category,
            before=self.before(subject) if self.before else None,
        )
        return [
            post(envelope, recipient, self._written(subject, recipient))
            for recipient in self.recipients(subject)
        ]

    def waits(self, subject: Any) -> bool:
        """Whether letters of this kind, held together with that about `subject`, still wait to be released."""
        group = self.group(subject) if self.group else self.programme(subject) or subject.pk
        return queries.held_in_batch(batch_id(self.name, group)).exists()

    def preview(self, subject: Any, language: str = "", recipient: Recipient | None = None) -> Written:
        """The letter as the first recipient (or `recipient`) would read it; nothing is stored.

        Raises `LookupError` when the subject has nobody to write to.
        """
        reader = recipient or next(iter(self.recipients(subject)), None)
        if reader is None:
            raise LookupError(f"Nobody would receive {self.name!r}.")
        return self._written(subject, reader, language)

    def _written(self, subject: Any, recipient: Recipient, language: str = "") -> Written:
        context = {"recipient": recipient, **self.context(subject, recipient)}
        kept = ""
        if self.personal:
            kept, context[self.personal] = context[self.personal], PERSONAL_LINK
        foot = None
        if self.category.by_choice:
            foot = partial(foot_of, self.category, has_account=recipient.person_id is not None)
        return replace(write(self.name, language or recipient.language, context, foot), secret=kept)


def foot_of(category: Category, *, has_account: bool) -> Foot:
    """What a letter says about itself, in the language of the moment."""
    page = f"{settings.BASE_URL}{reverse('people:notifications')}" if has_account else ""
    return Foot(category.title, page, STOP_LINK)


def category_of(name: str) -> Category | None:
    """The category of the letter called `name`; None when no room declares it any more."""
    return REGISTRY[name].category if name in REGISTRY else None


def preview(name: str, subject: Any, language: str = "") -> Written:
    """The letter called `name` as it would read for `subject`; nothing is stored.

    Raises `LookupError` when there is no such letter, or nobody to write to.
    """
    return REGISTRY[name].preview(subject, language)


def title_of(name: str) -> Any:
    """The title of the letter called `name`, or its name when no room declares it any more."""
    return REGISTRY[name].title if name in REGISTRY else name


def _own_programme(subject: Any) -> UUID | None:
    if subject._meta.label_lower == "programmes.programme":
        found: UUID | None = subject.pk
    else:
        found = getattr(subject, "programme_id", None)
    return found
