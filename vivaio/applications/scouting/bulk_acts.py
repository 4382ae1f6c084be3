"""What is done to many organisations of the longlist at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.applications import letters
from vivaio.applications.models import Prospect
from vivaio.applications.scouting import actions, queries, rules, specimens
from vivaio.applications.scouting.forms import InviteForm, OwnerForm, SetAsideForm
from vivaio.applications.scouting.tables import Longlist
from vivaio.applications.states import ProspectState
from vivaio.kit.rules import Refused
from vivaio.programmes.bulk.acts import CHANGED_SINCE, Act, Asked


class OfProspects(Act):
    """An act on lines of the longlist."""

    nouns, list_key = Longlist.nouns, Longlist.key

    def rows(self, asked: Asked) -> QuerySet[Any]:
        mine = queries.programmes_of(asked.person).values("pk")
        return queries.longlist(asked.programme).filter(programme__in=mine)

    def refused(self, asked: Asked) -> Any:
        return asked.once("edit", lambda: rules.edit(asked.programme, asked.person))


class GiveOwner(OfProspects):
    key, label = "scouting.owner", _("Say who looks after them")

    def form(self, asked: Asked, data: Any) -> OwnerForm:
        return OwnerForm(asked.programme, data)

    def why_not(self, asked: Asked, row: Prospect) -> Any:
        if refused := self.refused(asked):
            return refused
        if row.owner == asked.values["owner"]:
            return _t("%(name)s looks after it already.") % {"name": row.owner} if row.owner else _nobody()
        return None

    def change(self, asked: Asked, row: Prospect) -> str:
        return f"{row.owner or _t('Nobody yet')} → {asked.values['owner'] or _t('Nobody yet')}"

    def run(self, asked: Asked, row: Prospect) -> Mapping[str, Any]:
        before = queries.locked(row.pk).owner_id
        owner = asked.values["owner"]
        actions.give_owner(row, owner, by=asked.person)
        return {"before": before and str(before), "given": owner and str(owner.pk)}

    def undo(self, asked: Asked, row: Prospect, kept: Mapping[str, Any]) -> None:
        now = queries.locked(row.pk).owner_id
        if (now and str(now)) != kept["given"]:
            raise Refused(CHANGED_SINCE)
        before = queries.owners(asked.programme).filter(pk=kept["before"]).first() if kept["before"] else None
        if kept["before"] and before is None:
            raise Refused(_("Whoever looked after it does not scout for the programme any more."))
        actions.give_owner(row, before, by=asked.person)


def _nobody() -> str:
    return _t("Nobody looks after it already.")


class SetAside(OfProspects):
    key, label = "scouting.set_aside", pgettext_lazy("an organisation, to do", "Set aside")
    note = _("They stay on the list and get no more invitations. Nothing is sent.")

    def form(self, asked: Asked, data: Any) -> SetAsideForm:
        return SetAsideForm(data)

    def why_not(self, asked: Asked, row: Prospect) -> Any:
        return self.refused(asked) or rules.set_aside(row, None)

    def change(self, asked: Asked, row: Prospect) -> str:
        return f"{row.get_state_display()} → {ProspectState.SET_ASIDE.label}"

    def run(self, asked: Asked, row: Prospect) -> Mapping[str, Any]:
        before = queries.locked(row.pk).state
        reason = asked.values["reason"].strip()
        actions.set_aside(row, reason, by=asked.person)
        return {"before": before, "reason": reason}

    def undo(self, asked: Asked, row: Prospect, kept: Mapping[str, Any]) -> None:
        now = queries.locked(row.pk)
        if (now.state, now.state_reason) != (ProspectState.SET_ASIDE, kept.get("reason", now.state_reason)):
            raise Refused(CHANGED_SINCE)
        actions.bring_back(row, to=ProspectState(kept["before"]), by=asked.person)


class BringBack(OfProspects):
    key, label = "scouting.bring_back", _("Bring back to the list")

    def why_not(self, asked: Asked, row: Prospect) -> Any:
        return self.refused(asked) or rules.bring_back(row, None)

    def change(self, asked: Asked, row: Prospect) -> str:
        return f"{row.get_state_display()} → {ProspectState.SPOTTED.label}"

    def run(self, asked: Asked, row: Prospect) -> Mapping[str, Any]:
        reason = queries.locked(row.pk).state_reason
        actions.bring_back(row, by=asked.person)
        return {"reason": reason}

    def undo(self, asked: Asked, row: Prospect, kept: Mapping[str, Any]) -> None:
        if queries.locked(row.pk).state != ProspectState.SPOTTED:
            raise Refused(CHANGED_SINCE)
        actions.set_aside(row, kept["reason"], by=asked.person)


class Invite(OfProspects):
    key, label = "scouting.invite", _("Invite to a call")
    note = _("Each gets a letter at once, with its own name, source and link.")
    no_undo = _("A letter that has left cannot be called back: this cannot be undone.")

    def form(self, asked: Asked, data: Any) -> InviteForm:
        form = InviteForm(asked.programme, data)
        if not queries.inviting_calls(asked.programme).exists():
            form.fields["call"].help_text = _(
                "There is no call to invite to: publish one that is still to close."
            )
        return form

    def rows(self, asked: Asked) -> QuerySet[Any]:
        return super().rows(asked).prefetch_related("invitations")

    def why_not(self, asked: Asked, row: Prospect) -> Any:
        call = asked.values["call"]
        if refused := self.refused(asked) or rules.invite(row, call, None):
            return refused
        if any(sent.call_id == call.pk for sent in row.invitations.all()):
            return _t("It was invited to this call already: send the letter again from its own page.")
        return None

    def change(self, asked: Asked, row: Prospect) -> str:
        return _t("A letter to %(address)s about “%(call)s”") % {
            "address": row.email,
            "call": asked.values["call"],
        }

    def specimen(self, asked: Asked, rows: Sequence[Prospect]) -> Any:
        invitation = specimens.invitation(rows[0], asked.values, by=asked.person)
        return letters.scouted.preview(invitation, asked.values["language"])

    def run(self, asked: Asked, row: Prospect) -> None:
        actions.invite(row, **asked.values, by=asked.person)


ACTS = (GiveOwner(), Invite(), SetAside(), BringBack())
