"""What the letters to applicants may say where a call words them itself, and about whom they can be looked at."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models import Application, IntegrationRequest, ProspectInvitation
from vivaio.applications.states import HANDED_IN, ApplicationState
from vivaio.kit import clock
from vivaio.mailroom.wording.fields import Field, Specimen, Wordable

MOST = 50
TEAM = _("everyone who worked on the application")

FIELDS = {
    field.name: field
    for field in (
        Field("applicant", _("who applies: the organisation or the person"), "Cooperativa Il Ponte"),
        Field("title", _("title of the application"), "La portineria leggera"),
        Field("number", _("number of the application"), "12"),
        Field("call", _("title of the call"), _("Call for ideas")),
        Field("track", _("track of the application"), _("Cooperatives")),
        Field("programme", _("name of the programme"), "Miracolo a Milano"),
        Field("submitted", _("when the application was handed in"), _("on 3 March at 16:42")),
        Field("closes", _("when the call closes"), _("on 15 March at 12:00")),
        Field("stage", _("name of the stage that begins"), _("Full proposal")),
        Field("opens", _("when the stage opens"), _("on 1 March at 9:00")),
        Field("left", _("how much time is left"), _("3 days")),
        Field("contact", _("address of the programme for questions"), "bandi@programma.example"),
        Field("link", _("link to the application’s page"), "https://vivaio.example/applications/…"),
        Field("at", _("when it arrived"), _("on 3 March at 16:42")),
        Field("digest", _("SHA-256 of the answers"), "9f86d081884c7d659a2feaa0c55ad015"),
        Field("reason", _("why, as the staff wrote it"), _("The statute does not name the purpose.")),
        Field("missing", _("what is missing, as the staff wrote it"), _("The signed statute.")),
        Field("deadline", _("until when one answers"), _("on 20 March at 12:00")),
        Field(
            "answer_link", _("link to the page where one answers"), "https://vivaio.example/integrations/…"
        ),
    )
}


def fields(*names: str) -> tuple[Field, ...]:
    """The fields of these names, before them those that every letter about an application has."""
    shared = ("applicant", "title", "number", "call", "track", "programme", "closes", "contact", "link")
    return tuple(FIELDS[name] for name in dict.fromkeys((*shared, *names)))


def received(call: UUID) -> QuerySet[Application]:
    """What the call's staff may read: drafts are their team's alone, so no letter is looked at about one."""
    came = Q(state__in=HANDED_IN) | Q(state=ApplicationState.WITHDRAWN, number__isnull=False)
    return Application.objects.filter(came, call=call, emptied_at=None)


def found(call: UUID, words: str) -> list[Specimen]:
    """Applications of the call by number, title or applicant, the first of them."""
    rows = received(call)
    if words := words.strip()[:80]:
        names = Q(title__icontains=words) | Q(organisation__name__icontains=words)
        names |= Q(person__family_name__icontains=words) | Q(person__given_name__icontains=words)
        rows = rows.filter(names | Q(number=int(words)) if words.isdecimal() and len(words) < 9 else names)
    rows = rows.select_related("organisation", "person").order_by("number", "created_at")[:MOST]
    return [Specimen(str(row.pk), label(row)) for row in rows]


def label(row: Application) -> str:
    """An application in a list to choose from."""
    number = gettext("No. %(number)s") % {"number": row.number}
    return f"{number} · {row} · {row.applicant_name}"


def application_of(call: UUID, key: str) -> Application | None:
    """The application of the call that the key names."""
    rows = received(call).select_related("call__programme", "track", "organisation", "person", "created_by")
    try:
        return rows.filter(pk=key).first()
    except (ValidationError, ValueError):
        return None


def wordable(
    when: Any,
    *names: str,
    required: tuple[str, ...] = ("link",),
    specimen: Callable[[UUID, str], Any] = application_of,
) -> Wordable:
    """A letter to the team of an application, looked at about any application that the call received."""
    return Wordable(
        fields=fields(*names),
        required=required,
        to=TEAM,
        when=when,
        specimens=found,
        specimen=specimen,
    )


def receipt_of(call: UUID, key: str) -> Any:
    """The receipt that counts."""
    application = application_of(call, key)
    last = application.receipts.order_by("-at").first() if application else None
    if last is not None:
        last.application = application
    return last


def request_of(call: UUID, key: str) -> Any:
    """The latest request for integration, or one that could be made."""
    application = application_of(call, key)
    if application is None:
        return None
    last = application.integration_requests.first()
    days = dt.timedelta(days=application.call.integration_days)
    made = last or IntegrationRequest(
        text=gettext("(here stands what is missing)"), deadline=clock.now() + days
    )
    made.application = application
    return made


RECEIPT = wordable(
    _("at once, when an application is handed in"),
    "submitted", "at", "digest",
    required=("number", "at", "link"), specimen=receipt_of,
)  # fmt: skip
WITHDRAWN = wordable(_("at once, when an application is withdrawn"))
REOPENED = wordable(_("at once, when an application is reopened"), required=("closes", "link"))
ADMITTED = wordable(_("when an application is found eligible"), "submitted")
EXCLUDED = wordable(
    _("held when an application is found not eligible; it leaves when it is released"),
    "submitted", "reason",
    required=("reason", "link"),
)  # fmt: skip
REMINDER = wordable(
    _("some days before the call closes, for drafts that were not handed in"),
    "left",
    required=("closes", "link"),
)
INTEGRATION = wordable(
    _("at once, when an integration is asked for"),
    "missing", "deadline", "answer_link",
    required=("missing", "deadline", "answer_link"), specimen=request_of,
)  # fmt: skip
GOES_ON = wordable(
    _("when applications go on to this stage"),
    "stage", "opens",
    required=("closes", "link"),
)  # fmt: skip
SCOUTING = (
    Field("organisation", _("the organisation that is invited"), "Cooperativa Il Ponte"),
    Field("source", _("where the organisation was found"), _("the register of social enterprises")),
    Field("words", _("what the staff added for this organisation"), _("We met at the fair in May.")),
    Field("inviter", _("who invites"), "Paolo Redaelli"),
    Field("summary", _("the call in short"), _("Places for ideas that mend a neighbourhood.")),
    *(FIELDS[name] for name in ("call", "programme", "closes", "contact")),
    Field("link", _("personal link with which one answers"), "https://vivaio.example/invited/…"),
)


def invitations(call: UUID, words: str) -> list[Specimen]:
    """The organisations invited to the call, by name."""
    rows = ProspectInvitation.objects.filter(call=call, prospect__name__icontains=words.strip()[:80])
    found = rows.select_related("prospect").order_by("prospect__name")[:MOST]
    return [Specimen(str(row.pk), row.prospect.name) for row in found]


def invitation_of(call: UUID, key: str) -> ProspectInvitation | None:
    """The invitation to the call that the key names."""
    rows = ProspectInvitation.objects.select_related("prospect", "call__programme", "invited_by")
    try:
        return rows.filter(call=call, pk=key).first()
    except (ValidationError, ValueError):
        return None


SCOUTED = Wordable(
    SCOUTING,
    # Where data were found has to be told to those whose data they are (regulation (EU) 2016/679, article 14).
    ("source", "link"),
    _("the organisation that is invited"),
    _("when an organisation of the longlist is invited"),
    invitations,
    invitation_of,
)
