"""What is done to many jurors at once."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.jury.actions import panel as seats
from vivaio.jury.actions import scoring
from vivaio.jury.commenting.acts import CommentsReady, ReleaseComments
from vivaio.jury.models import Juror
from vivaio.jury.queries import panel as queries
from vivaio.jury.rules import panel as rules
from vivaio.jury.rules import scoring as scoring_rules
from vivaio.jury.work_tables import JURORS, JurorsAtWork
from vivaio.kit import formats
from vivaio.kit.rules import require
from vivaio.programmes.bulk.acts import Act, Asked, register

NO_UNDO = _("A letter that has left cannot be called back: this cannot be undone.")


class OfJurors(Act):
    nouns, list_key = JURORS, JurorsAtWork.key
    no_undo = NO_UNDO

    def rows(self, asked: Asked) -> QuerySet[Any]:
        return queries.with_loads(
            Juror.objects.filter(
                panel__in=queries.visible_to(asked.person).values("pk"),
                panel__call__programme=asked.programme,
            )
        )


class Remind(OfJurors):
    key, label = "jury.remind", _("Remind them of what is left to score")

    def why_not(self, asked: Asked, row: Juror) -> Any:
        in_panel = asked.once(row.panel_id, lambda: scoring_rules.remind(row.panel, asked.person))
        return in_panel or scoring_rules.reminded(row, row.load - row.scored)  # type: ignore[attr-defined]

    def change(self, asked: Asked, row: Juror) -> str:
        last = formats.ago(row.reminded_at)
        words = _t("A letter to %(address)s") % {"address": row.email}
        return f"{words} · {_t('last reminder: %(when)s') % {'when': last}}" if last else words

    def run(self, asked: Asked, row: Juror) -> None:
        if not scoring.remind(row.panel, jurors={row.pk}, by=asked.person):
            now = self.rows(asked).get(pk=row.pk)
            require(scoring_rules.reminded, now, now.load - now.scored)


class Resend(OfJurors):
    key, label = "jury.resend", _("Send the invitation again")
    note = _("Each gets a letter with a new link; the earlier link stops working.")

    def why_not(self, asked: Asked, row: Juror) -> Any:
        edit = asked.once("edit", lambda: rules.edit(row.panel, asked.person))
        return edit or rules.resend(row, None)

    def change(self, asked: Asked, row: Juror) -> str:
        return _t("A letter to %(address)s") % {"address": row.email}

    def run(self, asked: Asked, row: Juror) -> None:
        seats.resend(row, by=asked.person)


for act in (Remind(), Resend(), CommentsReady(), ReleaseComments()):
    register(act)
