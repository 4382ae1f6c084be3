"""The letters that rooms declare, each in its own `letters.py`.

    receipt = Letter(
        "applications.receipt", title=_("Receipt"), category=PROCEDURE, recipients=team, context=receipt_context
    )
    receipt.enqueue(application)

Their words are Markdown templates, one per language, in `<room>/templates/<room>/letters/<name>.it.md`;
the first line is `Subject: ...`. A paragraph that is one link becomes a button.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.urls import reverse

from vivaio.mailroom import queries
from vivaio.mailroom.categories import Category
from vivaio.mailroom.models import PERSONAL_LINK, STOP_LINK, OutgoingLetter, Wording
from vivaio.mailroom.posting import Envelope, Recipient, batch_id, post
from vivaio.mailroom.rendering import Foot, Written, compose, languages_for, template_of, write
from vivaio.mailroom.wording import queries as wordings
from vivaio.mailroom.wording.fields import Wordable, filled

TOGETHER = 250  # letters put in the outbox by one statement

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
    `owner(subject)` is what sends it within the programme (a call); where `wording` says what it may say, the owner
    may word it (`mailroom.wording`). `reply_to(subject)` is the address that answers go to.
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
        owner: Callable[[Any], UUID | None] | None = None,
        wording: Wordable | None = None,
        reply_to: Callable[[Any], str] | None = None,
    ):
        if name in REGISTRY:
            raise ValueError(f"There are two letters called {name!r}.")
        self.name, self.title, self.category = name, title, category
        self.recipients, self.context = recipients, context
        self.programme = programme or _own_programme
        self.group, self.before, self.personal = group, before, personal
        self.owner, self.wording, self.reply_to = owner, wording, reply_to
        REGISTRY[name] = self

    def enqueue(self, subject: Any, cause: str = "", hold: bool = False) -> list[OutgoingLetter]:
        """Queue the letter to each recipient, in the caller's transaction: sent if, and only if, it commits.

        It is written now, so that what is read in the outbox is what is sent. The same subject, cause and
        recipient get it once, however often this is called. `hold` keeps it until an operator releases it.
        """
        return self.enqueue_each([(subject, self.recipients(subject))], cause, hold)

    def enqueue_each(
        self, told: Iterable[tuple[Any, Iterable[Recipient]]], cause: str = "", hold: bool = False
    ) -> list[OutgoingLetter]:
        """The same about many subjects at once, each with its recipients: all go into the outbox together."""
        own_words = functools.cache(self._own_words_of)
        letters, posted = [], []
        for subject, recipients in told:
            envelope = self._envelope(subject, cause, hold)
            own = own_words(envelope.owner)
            for one in recipients:
                letters.append((envelope, one, self._written(subject, one, own=own)))
                if len(letters) == TOGETHER:
                    posted += post(letters)
                    letters = []
        return posted + post(letters)

    def _envelope(self, subject: Any, cause: str, hold: bool) -> Envelope:
        programme = self.programme(subject)
        group = self.group(subject) if self.group else programme or subject.pk
        return Envelope(
            letter=self.name,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            cause=cause,
            programme=programme,
            batch=batch_id(self.name, group),
            hold=hold,
            category=self.category,
            before=self.before(subject) if self.before else None,
            owner=self.owner(subject) if self.owner else None,
            reply_to=self.reply_to(subject) if self.reply_to else "",
        )

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
        return self._written(subject, reader, language, self.own_words(subject))

    def own_words(self, subject: Any) -> dict[str, Wording]:
        """By language, what the owner wrote in the place of the house's words."""
        return self._own_words_of(self.owner(subject) if self.owner else None)

    def _own_words_of(self, owner: UUID | None) -> dict[str, Wording]:
        return wordings.of_letter(owner, self.name) if owner and self.wording else {}

    def _written(
        self, subject: Any, recipient: Recipient, language: str = "", own: Mapping[str, Wording] | None = None
    ) -> Written:
        return self.worded(
            {"recipient": recipient, **self.context(subject, recipient)}, recipient, language, own
        )

    def worded(
        self,
        context: dict[str, Any],
        recipient: Recipient,
        language: str = "",
        own: Mapping[str, Wording] | None = None,
    ) -> Written:
        """The letter that says this, in own words where there are any in the language, else in the house's."""
        kept = ""
        if self.personal:
            kept, context[self.personal] = context[self.personal], PERSONAL_LINK
        foot = None
        if self.category.by_choice:
            foot = functools.partial(foot_of, self.category, has_account=recipient.person_id is not None)
        wanted = language or recipient.language
        row = self.own_in(wanted, own or {})
        if row is None or self.wording is None:
            return replace(write(self.name, wanted, context, foot), secret=kept)
        names = [field.name for field in self.wording.fields]
        said = (filled(text, context, names) for text in (row.subject, row.body))
        return replace(compose(row.language, *said, foot), secret=kept)

    def own_in(self, wanted: str, own: Mapping[str, Wording]) -> Wording | None:
        """The own words for a reader of `wanted`: those of another language only before the house's in that one."""
        if not own:
            return None
        for language in languages_for(wanted):
            if language in own:
                return own[language]
            if self._house_language(wanted) == language:
                return None
        return None

    def _house_language(self, wanted: str) -> str:
        try:
            return template_of(self.name, wanted)[0]
        except TemplateDoesNotExist:
            return ""


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
