"""The roles a person can hold in a programme, written so that an operator can read them.

A permission is a code (`calls.edit`) with a verb phrase in words; rules ask for it through `programmes.queries.can`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A role: what it is called, what it is for, what it may do, and whether it belongs to the staff."""

    code: str
    name: Any
    description: Any
    permissions: frozenset[str]
    staff: bool = True

    @property
    def abilities(self) -> list[Any]:
        """What the role may do, in words, in the order of `PERMISSIONS`."""
        return [words for code, words in PERMISSIONS.items() if code in self.permissions]


PERMISSIONS: dict[str, Any] = {
    "programme.read": _("see the programme's pages for the staff"),
    "programme.edit": _("change the programme's set-up and publish it"),
    "roles.grant": _("invite people to roles and end roles"),
    "calls.read": _("read calls before they are published"),
    "calls.edit": _("write and publish calls"),
    "scouting.read": _("read the longlist of organisations to invite"),
    "scouting.edit": _("spot organisations and invite them to apply"),
    "applications.read": _("read applications"),
    "applications.decide": _("admit, exclude and ask for integration"),
    "jury.read": _("see who sits on the juries"),
    "jury.edit": _("form juries and assign applications"),
    "jury.score": _("score the applications assigned to them"),
    "scores.read": _("read the scores of every juror"),
    "verdict.adopt": _("adopt the verdict"),
    "ranking.publish": _("publish rankings"),
    "letters.read": _("read letters before and after they leave"),
    "letters.release": _("release letters that are held"),
    "journal.read": _("read the register"),
    "blueprint.apply": _("apply a blueprint"),
    "site.edit": _("publish news, documents, photos and videos"),
    "introductions.follow": _("look after the directory and help introductions along"),
    "initiatives.read": _("see the initiatives and how they grow"),
    "initiatives.follow": _("accompany the initiatives: needs, plans, states, public pages"),
    "experts.read": _("see the competence bank and its engagements"),
    "experts.match": _("check experts and match them to what initiatives ask for"),
    "funding.read": _("see the ledger, vouchers, grants and claims"),
    "funding.manage": _("grant vouchers, prizes and grants, and pay what was approved"),
    "funding.approve": _("approve and refuse claims"),
}

READ_ALL = frozenset(
    {
        "programme.read",
        "calls.read",
        "scouting.read",
        "applications.read",
        "jury.read",
        "scores.read",
        "journal.read",
        "letters.read",
        "initiatives.read",
        "experts.read",
        "funding.read",
    }
)

MANAGER = Role(
    "manager",
    _("Programme manager"),
    _("Runs the programme: people, calls, juries, verdicts, letters."),
    READ_ALL
    | {
        "programme.edit",
        "roles.grant",
        "calls.edit",
        "scouting.edit",
        "applications.decide",
        "jury.edit",
        "scores.read",
        "verdict.adopt",
        "ranking.publish",
        "letters.release",
        "blueprint.apply",
        "site.edit",
        "introductions.follow",
        "initiatives.follow",
        "experts.match",
        "funding.manage",
        "funding.approve",
    },
)
SECRETARY = Role(
    "secretary",
    _("Call secretary"),
    _("Looks after calls, eligibility, requests for integration and letters. Adopts no verdict."),
    frozenset(
        {
            "programme.read",
            "calls.read",
            "calls.edit",
            "scouting.read",
            "scouting.edit",
            "applications.read",
            "applications.decide",
            "jury.read",
            "jury.edit",
            "journal.read",
            "letters.read",
            "letters.release",
            "site.edit",
            "initiatives.read",
            "funding.read",
            "funding.manage",
        }
    ),
)
COMMUNITY_MANAGER = Role(
    "community_manager",
    _("Community manager"),
    _("Listens to the territory, brings needs together, follows the initiatives."),
    frozenset(
        {
            "programme.read",
            "calls.read",
            "scouting.read",
            "scouting.edit",
            "site.edit",
            "introductions.follow",
            "initiatives.read",
            "initiatives.follow",
            "experts.read",
            "experts.match",
        }
    ),
)
FACILITATOR = Role(
    "facilitator",
    _("Facilitator"),
    _("Leads co-design sessions."),
    frozenset({"programme.read", "calls.read"}),
)
EVALUATOR = Role(
    "evaluator",
    _("Evaluator"),
    _("Checks eligibility and measures impact; decides nothing about places."),
    frozenset({"programme.read", "calls.read", "applications.read"}),
)
JUROR = Role(
    "juror",
    _("Juror"),
    _("Scores the applications assigned to them, and reads nothing else."),
    frozenset({"jury.score"}),
    staff=False,
)
EXPERT = Role(
    "expert", _("Expert"), _("Accompanies initiatives with their competence."), frozenset(), staff=False
)
INTERN = Role("intern", _("Intern"), _("A student placed with an initiative."), frozenset(), staff=False)
TUTOR = Role(
    "university_tutor",
    _("University tutor"),
    _("Follows the interns of a university."),
    frozenset(),
    staff=False,
)
HUB_MANAGER = Role("hub_manager", _("Hub manager"), _("Runs a community hub."), frozenset({"programme.read"}))
TRAINER = Role("trainer", _("Trainer"), _("Teaches in the academy."), frozenset(), staff=False)
AUDITOR = Role("auditor", _("Auditor"), _("Reads everything, changes nothing."), READ_ALL)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        MANAGER,
        SECRETARY,
        COMMUNITY_MANAGER,
        FACILITATOR,
        EVALUATOR,
        JUROR,
        EXPERT,
        INTERN,
        TUTOR,
        HUB_MANAGER,
        TRAINER,
        AUDITOR,
    )
}

# Given and taken by the room that knows what the role is for: a juror is one because a jury has them.
GRANTED_ELSEWHERE = frozenset({JUROR.code})
INVITABLE = [role for role in ROLES.values() if role.code not in GRANTED_ELSEWHERE]


def name_of(code: str) -> Any:
    """The role's name; its code if no such role is known any more."""
    return ROLES[code].name if code in ROLES else code
