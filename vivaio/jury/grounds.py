"""What the records say of a tie between juror and applicant, in the reader's words."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.jury.models import Conflict
from vivaio.people.states import BoardPart, RelationKind


def in_words(grounds: list[dict[str, str]]) -> list[str]:
    """One sentence for each ground."""
    return [
        f"{_sentence(ground)} {_('They sat on the applicant’s board, and no longer do.')}"
        if ground.get("side") == "past"
        else _sentence(ground)
        for ground in grounds
    ]


def reasons(conflict: Conflict) -> list[str]:
    """All that is known of a conflict: what somebody wrote, then what the records say."""
    written = [conflict.reason] if conflict.reason else []
    return written + in_words(conflict.grounds)


def _sentence(ground: dict[str, str]) -> str:
    words: dict[str, Any] = dict(ground)
    match ground["ground"]:
        case "applicant":
            return _("Is the applicant.")
        case "handed_in":
            return _("Wrote or handed in the application.")
        case "member":
            return _("Belongs to %(organisation)s.") % words
        case "past_member":
            return _("Belonged to %(organisation)s.") % words
        case "board":
            words["part"] = _part(ground)
            return _("Sits on the board of %(organisation)s (%(part)s).") % words
        case "board_name":
            words["part"] = _part(ground)
            return _("Has the same name as %(name)s, on the board of %(organisation)s (%(part)s).") % words
        case "past_board":
            words["part"] = _part(ground)
            return _("Sat on the board of %(organisation)s (%(part)s).") % words
        case "past_board_name":
            words["part"] = _part(ground)
            return (
                _("Has the same name as %(name)s, once on the board of %(organisation)s (%(part)s).") % words
            )
        case "domain":
            return _("Writes from the same mail domain as the applicant (%(domain)s).") % words
        case "domain_under":
            return (
                _("Writes from %(domain)s, the applicant from %(other)s: one mail domain is under the other.")
                % words
            )
        case "in_common":
            return (
                _("Belongs to %(organisation)s together with %(name)s, who is on the applicant's side.")
                % words
            )
        case "past_in_common":
            return (
                _("Belonged to the same %(organisation)s as %(name)s, who is on the applicant's side.")
                % words
            )
        case "relation":
            words["kind"] = dict(RelationKind.choices).get(ground["kind"], ground["kind"])
            if ground.get("when") == "past":
                return _("Tie with %(with)s, now ended: %(kind)s.") % words
            return _("Tie with %(with)s: %(kind)s.") % words
    return ground["ground"]


def _part(ground: dict[str, str]) -> str:
    return str(dict(BoardPart.choices).get(ground["part"], ground["part"])).lower()
