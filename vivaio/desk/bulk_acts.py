"""What is done to many letters at once."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.desk.outbox import actions, queries, rules
from vivaio.desk.outbox.tables import Letters
from vivaio.kit.rules import require
from vivaio.mailroom import rules as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.programmes.bulk.acts import Act, Asked, register

SENT_FOR_GOOD = _("A letter that has left cannot be called back: this cannot be undone.")


class OfLetters(Act):
    nouns, list_key = Letters.nouns, Letters.key
    to: Any = ""

    def rows(self, asked: Asked) -> QuerySet[Any]:
        mine = queries.readable_by(asked.person).values("pk")
        return queries.letters(asked.programme).filter(programme__in=mine).defer("html")

    def name(self, row: OutgoingLetter) -> str:
        return _t("%(subject)s, to %(name)s") % {
            "subject": row.subject,
            "name": row.recipient_name or row.recipient_email,
        }

    def refused(self, asked: Asked) -> Any:
        return asked.once("handle", lambda: rules.handle(asked.programme, asked.person))

    def change(self, asked: Asked, row: OutgoingLetter) -> str:
        return f"{row.get_state_display()} → {State(self.to).label}"


class Release(OfLetters):
    key, label, to = "letters.release", _("Send what is held"), State.QUEUED
    note = _(
        "They leave at once, as they stand, unless somebody chose a daily digest or none: read them first."
    )
    no_undo = SENT_FOR_GOOD

    def why_not(self, asked: Asked, row: OutgoingLetter) -> Any:
        return self.refused(asked) or mailroom.release(row)

    def run(self, asked: Asked, row: OutgoingLetter) -> None:
        if not actions.release_one(asked.programme, row, by=asked.person):
            row.refresh_from_db(fields=["state"])
            require(mailroom.release, row)


class Cancel(OfLetters):
    key, label, to = "letters.cancel", _("Never send"), State.CANCELLED
    note = _("They stay in the outbox as cancelled.")
    no_undo = _("A letter that was cancelled is not taken up again: this cannot be undone.")
    danger = True

    def why_not(self, asked: Asked, row: OutgoingLetter) -> Any:
        return self.refused(asked) or mailroom.cancel(row)

    def run(self, asked: Asked, row: OutgoingLetter) -> None:
        actions.cancel(asked.programme, row, by=asked.person)


class Retry(OfLetters):
    key, label, to = "letters.retry", _("Send again what was not sent"), State.QUEUED
    no_undo = SENT_FOR_GOOD

    def why_not(self, asked: Asked, row: OutgoingLetter) -> Any:
        return self.refused(asked) or mailroom.retry(row)

    def run(self, asked: Asked, row: OutgoingLetter) -> None:
        actions.retry(asked.programme, row, by=asked.person)


KEYS = ("letters.release", "letters.retry", "letters.cancel")
for act in (Release(), Cancel(), Retry()):
    register(act)
