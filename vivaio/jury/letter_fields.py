"""What the letters of a jury may say where a call words them itself, and about whom they can be looked at."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vivaio.jury.models import Juror, RankingEntry
from vivaio.jury.states import AssignmentState, RankingState
from vivaio.mailroom.wording.fields import Field, Specimen, Wordable

MOST = 50
TO_SCORE = (AssignmentState.TO_SCORE, AssignmentState.STARTED)
SHARED = (
    Field("call", _("title of the call"), _("Call for ideas")),
    Field("programme", _("name of the programme"), "Miracolo a Milano"),
)
TO_JURORS = (
    Field("name", _("name of the juror"), "Elena Vismara"),
    *SHARED,
    Field("opens", _("when scoring begins"), _("on 1 April at 9:00")),
    Field("closes", _("when scoring ends"), _("on 20 April at 18:00")),
    Field("contact", _("address of the programme for questions"), "bandi@programma.example"),
    Field("link", _("link to the juror’s page"), "https://vivaio.example/jury/…"),
)
INVITING = (
    Field("inviter", _("who invites"), "Paolo Redaelli"),
    Field("expires", _("until when the invitation holds"), _("on 20 March at 12:00")),
)
TO_DO = (Field("to_do", _("how many applications wait for the juror’s scores"), "7"),)
OUTCOME = (
    Field("applicant", _("who applies: the organisation or the person"), "Cooperativa Il Ponte"),
    Field("application", _("title of the application"), "La portineria leggera"),
    Field("number", _("number of the application"), "12"),
    Field("track", _("track of the application"), _("Cooperatives")),
    Field("position", _("position in the ranking"), "3"),
    Field("until", _("until when the place has to be accepted"), _("on 30 April at 12:00")),
    *SHARED,
    Field(
        "link", _("link to the page of the outcome, where a place is accepted"), "https://vivaio.example/…"
    ),
    Field("ranking_link", _("link to the published ranking"), "https://vivaio.example/…"),
)
IN_A_STAGE = (  # nobody has a place there, so none has to be accepted
    *(field for field in OUTCOME if field.name != "until"),
    Field("stage", _("name of the next stage"), _("Full proposal")),
    Field("opens", _("when the next stage opens"), _("on 1 May at 9:00")),
    Field("closes", _("when the next stage closes"), _("on 31 May at 12:00")),
)
APPLICANTS = _("everybody of the applicant organisation, or the person who applied")


def jurors(call: UUID, words: str) -> list[Specimen]:
    """The jurors of the call by name or address."""
    rows = _jurors(call)
    if words := words.strip()[:80]:
        rows = rows.filter(
            Q(family_name__icontains=words) | Q(given_name__icontains=words) | Q(email__icontains=words)
        )
    return [Specimen(str(row.pk), str(row)) for row in rows[:MOST]]


def juror(call: UUID, key: str) -> Any:
    """The juror of the call that the key names, as a letter takes them: a link that leads nowhere, what waits."""
    try:
        row: Any = _jurors(call).filter(pk=key).first()
    except (ValidationError, ValueError):
        return None
    if row is not None:
        row.invitation_token = "0"  # noqa: S105
        row.to_do = row.assignments.filter(state__in=TO_SCORE).count()
    return row


def _jurors(call: UUID) -> QuerySet[Juror]:
    return Juror.objects.filter(panel__call=call).select_related(
        "person", "panel__call__programme", "invited_by"
    )


def entries(call: UUID, words: str) -> list[Specimen]:
    """Applications in the adopted rankings of the call: before that nobody reads a position here."""
    rows = _entries(call)
    if words := words.strip()[:80]:
        named = Q(application__title__icontains=words) | Q(application__organisation__name__icontains=words)
        if words.isdecimal() and len(words) < 9:
            named |= Q(application__number=int(words))
        rows = rows.filter(named)
    return [Specimen(str(row.pk), entry_label(row)) for row in rows.order_by("ranking", "order")[:MOST]]


def entry_label(row: RankingEntry) -> str:
    """An entry in a list to choose from."""
    number = gettext("No. %(number)s") % {"number": row.application.number}
    return f"{number} · {row.application} · {row.application.applicant_name}"


def entry(call: UUID, key: str) -> Any:
    """The entry of the call that the key names."""
    try:
        return _entries(call).filter(pk=key).first()
    except (ValidationError, ValueError):
        return None


def _entries(call: UUID) -> QuerySet[RankingEntry]:
    rows = RankingEntry.objects.filter(ranking__call=call).exclude(ranking__state=RankingState.PROVISIONAL)
    return rows.select_related(
        "ranking__call__programme",
        "ranking__track",
        "application__organisation",
        "application__person",
        "application__created_by",
    )


def to_juror(when: Any, *more: Field, required: tuple[str, ...] = ("link",)) -> Wordable:
    """A letter to a juror."""
    return Wordable((*TO_JURORS, *more), required, _("each juror concerned"), when, jurors, juror)


def to_applicant(when: Any, *required: str, fields: tuple[Field, ...] = OUTCOME) -> Wordable:
    """A letter about an outcome or a place."""
    return Wordable(fields, (*required, "link"), APPLICANTS, when, entries, entry)


INVITATION = to_juror(_("at once, when a juror is invited"), *INVITING, required=("link", "expires"))
READY = to_juror(_("at once, when applications are assigned"), *TO_DO)
REMINDER = to_juror(_("when the staff reminds those whose scores are missing"), *TO_DO)
REOPENED = to_juror(_("at once, when scoring is reopened"), *TO_DO)
_HELD = _("held when the ranking is published; it leaves when it is released")
SELECTED = to_applicant(_HELD, "until", "ranking_link")
RESERVE = to_applicant(_HELD, "ranking_link")
NOT_SELECTED = to_applicant(_HELD, "ranking_link")
GOES_ON = to_applicant(_HELD, "closes", "ranking_link", fields=IN_A_STAGE)
STAGE_RESERVE = to_applicant(_HELD, "ranking_link", fields=IN_A_STAGE)
OFFERED = to_applicant(_("when a place passes to the next on the reserve list"), "until")
ACCEPTED = to_applicant(_("at once, when a place is accepted"))
EXPIRED = to_applicant(_("at once, when nobody answered for a place in time"))
COMMENTS = to_applicant(
    _("when the comments of the jury are released"),
    fields=tuple(field for field in OUTCOME if field.name != "until"),
)
