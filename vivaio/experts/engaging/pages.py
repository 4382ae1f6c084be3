"""What the pages of engagements show: put together from queries and rules, for whoever reads them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.experts.engaging import rules
from vivaio.experts.engaging.forms import QUESTIONS, NoteForm
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.experts.engaging.queries.engagements import Who
from vivaio.experts.engaging.tables import SESSION_TONES, TONES
from vivaio.experts.hours import in_words
from vivaio.experts.models import Engagement, EngagementSession, Evaluation
from vivaio.experts.states import EngagementState, SessionState, Side, StepKind
from vivaio.initiatives import opening
from vivaio.initiatives.readers import Reader
from vivaio.kit import clock


@dataclass(frozen=True)
class Opened:
    """An engagement as somebody reads it: what they are to it, and whether they look after the bank."""

    engagement: Any
    who: Who
    reader: Reader

    @property
    def staff(self) -> bool:
        return self.reader.may("experts.read")


def opened(request: HttpRequest, pk: Any) -> Opened:
    """The engagement that the person may open, one statement, else 404; the frame learns programme and permissions."""
    row = get_object_or_404(queries.read_by(request.user), pk=pk)
    reader = opening.reader_of(row, request.user)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    request.frame_permissions = reader.permissions  # type: ignore[attr-defined]
    side = queries.side_of(row, request.user, row.own_part)
    return Opened(row, Who(request.user, side, reader.leads, reader.may("experts.match")), reader)


def session_opened(request: HttpRequest, pk: Any) -> tuple[EngagementSession, Opened]:
    """The session with its engagement, as the person reads it."""
    session = EngagementSession.objects.filter(pk=pk).first()
    if session is None:
        raise Http404
    found = opened(request, session.engagement_id)
    session.engagement = found.engagement
    return session, found


def trail(found: Opened, title: str = "") -> list[tuple[Any, str]]:
    """The way back: the staff's list, one's own, or the initiative's tab."""
    row = found.engagement
    if found.who.side == Side.EXPERT:
        above = (_("My engagements"), reverse("experts:mine_engagements"))
    elif found.staff:
        above = (_("Engagements"), reverse("experts:engagements", args=[row.programme.slug]))
    else:
        above = (str(row.initiative), reverse("experts:tab", args=[row.initiative_id]))
    if not title:
        return [above, (str(row), "")]
    return [above, (str(row), row.get_absolute_url()), (title, "")]


@dataclass(frozen=True)
class Line:
    """A session in the list of its engagement."""

    session: EngagementSession
    tone: str
    long: str
    awaits: bool


def line(session: EngagementSession, who: Who) -> Line:
    """How a session stands, and whether it waits for this reader."""
    minutes = session.minutes or session.told_minutes or session.planned_minutes
    told = session.state == SessionState.TOLD and session.told_side != who.speaks
    asked = session.state == SessionState.PROPOSED and session.side != who.speaks
    over = session.state in (SessionState.PROPOSED, SessionState.FIXED) and session.starts_at <= clock.now()
    waits = who.side is not None and (told or over or asked)
    return Line(session, SESSION_TONES[session.state], in_words(minutes), waits)


def agreed(row: Engagement) -> str:
    """Who has agreed, and who is to."""
    if row.expert_agreed_at and row.team_agreed_at:
        return ""
    if row.expert_agreed_at:
        return _("The expert has agreed: a leader of the team is to agree.")
    return _("The team has agreed: the expert is to agree.")


def over_hours(row: Any) -> str:
    """A warning where the hours told go beyond those agreed."""
    beyond = row.confirmed + row.told - row.agreed_minutes
    if row.state != EngagementState.UNDER_WAY or beyond <= 0:
        return ""
    return _("%(hours)s more than agreed: ask for an extension, or end it here.") % {
        "hours": in_words(beyond)
    }


def page(found: Opened) -> dict[str, Any]:
    """One engagement: terms, hours, sessions, what happened, what can be done."""
    row, who = found.engagement, found.who
    running = row.state == EngagementState.UNDER_WAY
    ended = row.state == EngagementState.ENDED
    evaluations = queries.evaluations_of(row) if ended else []
    asked = queries.extension_asked(row) if running else None
    given = {one.side for one in evaluations}
    return {
        "row": row,
        "programme": row.programme,
        "zone": row.programme.time_zone,
        "who": who,
        "staff": found.staff,
        "tone": TONES[row.state],
        "trail": trail(found),
        "facts": facts(row),
        "agreed": agreed(row) if row.state == EngagementState.TO_AGREE else "",
        "over": over_hours(row),
        "lines": [line(one, who) for one in queries.sessions_of(row)],
        "steps": [Told(one, said(one)) for one in queries.steps_of(row)],
        "asked": asked,
        "asked_words": extension_words(asked) if asked else "",
        "may": may(row, who, asked, given),
        "evaluations": [
            shown(one)
            for one in evaluations
            if rules.reads_evaluation(row, one.side, who, found.staff, given)
        ],
        "given": len(given),
        "form": NoteForm(),
    }


def may(row: Engagement, who: Who, asked: Any, given: set[str]) -> dict[str, bool]:
    """What this reader may do, told without asking anything anew."""
    to_agree = row.state == EngagementState.TO_AGREE
    running = row.state == EngagementState.UNDER_WAY
    return {
        "agree": rules.agree(row, who) is None,
        "change": rules.change(row, who) is None,
        "drop": to_agree and rules.drop(row, who) is None,
        "meet": rules.meet(row, who) is None,
        "conclude": rules.conclude(row, who) is None,
        "go_on": rules.go_on(row, who) is None,
        "end_early": rules.end_early(row, who) is None,
        "extend": running and who.decides and asked is None,
        "answer": asked is not None and rules.answer(row, asked, who) is None,
        "evaluate": rules.evaluate(row, who, given) is None,
        "note": row.state != EngagementState.DROPPED and who.side is not None,
        "waits_for_leader": to_agree and who.side == Side.TEAM and not who.leads,
    }


def facts(row: Any) -> list[tuple[Any, ...]]:
    """Hours agreed, confirmed, to be confirmed."""
    told = [
        (_("Hours agreed"), in_words(row.agreed_minutes)),
        (_("Hours confirmed"), in_words(row.confirmed)),
    ]
    if row.told:
        told.append((_("To be confirmed"), in_words(row.told)))
    return told


def extension_words(asked: Any) -> str:
    """What an extension asks for."""
    if asked.minutes:
        return _("%(hours)s more") % {"hours": in_words(asked.minutes)}
    return _("More time")


@dataclass(frozen=True)
class Told:
    """A step, and its figure in words."""

    step: Any
    figure: str


def said(step: Any) -> str:
    """The hours of a step."""
    if step.minutes is None or step.kind == StepKind.ANSWERED:
        return ""
    return in_words(step.minutes) if step.minutes else ""


def shown(one: Evaluation) -> dict[str, Any]:
    """An evaluation as sentences and how far each holds."""
    questions = QUESTIONS[Side(one.side)]
    return {
        "side": one.get_side_display(),
        "answers": [(label, getattr(one, f"get_{name}_display")()) for name, label in questions.items()],
        "words": one.words,
    }


def session_page(session: EngagementSession, found: Opened) -> dict[str, Any]:
    """One session: when and where, the hours as told, what can be done."""
    who, row = found.who, found.engagement
    return {
        "row": session,
        "engagement": row,
        "programme": row.programme,
        "zone": row.programme.time_zone,
        "who": who,
        "line": line(session, who),
        "trail": trail(found, session.topic),
        "told": in_words(session.told_minutes) if session.told_minutes else "",
        "long": in_words(session.planned_minutes),
        "steps": [Told(one, said(one)) for one in queries.steps_of_session(session)],
        "begun": session.starts_at <= clock.now(),
        "may": {
            "accept": rules.accept(session, who) is None,
            "shift": rules.shift(session, who) is None,
            "cancel": rules.cancel(session, who) is None,
            "tell": rules.tell(session, who) is None,
            "confirm": rules.confirm(session, who) is None,
            "note": who.side is not None,
        },
        "form": NoteForm(),
    }


def none_of(minutes: int, words: str) -> str:
    """Hours that no line tells."""
    return words % {"hours": in_words(minutes)} if minutes else ""


def beside(found: Any, by: str) -> str:
    """What the lines of a page of hours leave out, so that they add up to the total."""
    if by == "field":
        return none_of(found.without_field, _("%(hours)s count for no competence."))
    if by == "partner":
        return none_of(found.without_partner, _("%(hours)s were given by experts who come from no partner."))
    return ""


def totals(found: Any, slug: str) -> list[tuple[Any, ...]]:
    """The programme's figures, each with the list that it is made of."""
    sessions = reverse("experts:given", args=[slug])
    hours = reverse("experts:hours", args=[slug])
    return [
        (_("Hours given"), in_words(found.minutes), sessions),
        (_("Sessions"), found.sessions, sessions),
        (_("Experts"), found.experts, f"{hours}?by=expert"),
        (_("Initiatives"), found.initiatives, f"{hours}?by=initiative"),
    ]
