"""The staff's home of a call, the list of calls, and the steps of a call's life."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.calls import actions, events, queries, rules, sections
from vivaio.calls.forms import StartForm, WithdrawalForm
from vivaio.calls.models import Call
from vivaio.calls.staging import queries as staging
from vivaio.calls.states import CallState
from vivaio.calls.tables import Calls, standing
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def programme_of(request: HttpRequest, slug: str, permission: str) -> Programme:
    """The programme in which the person has the permission, else 404."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    return row


@require_safe
def staff_list(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The programme's calls: search, filters, sort, export."""
    row = programme_of(request, programme, "calls.read")
    table = Calls(queries.staffed(request.user).filter(programme=row), request.GET)
    context = {
        "programme": row,
        "refused": rules.create(row, request.user),
        "create_href": reverse("calls:create", args=[row.slug]),
    }
    return tables.respond(request, table, "calls/manage/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, programme: str) -> HttpResponse:
    """Begin a call: its title and its window."""
    row = programme_of(request, programme, "calls.edit")
    with timezone.override(ZoneInfo(row.time_zone)):
        form = StartForm(posted(request), programme=row)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            window = {"opens_at": said["opens_at"], "closes_at": said["closes_at"]}
            with refusals_shown(request, _("The call is begun. It is seen by the staff alone.")):
                made = actions.create(row, by=request.user, titles=form.titles(), **window)
                return redirect(sections.address(made, "manage"))
        list_href = reverse("calls:staff_list", args=[row.slug])
        trail = [(_("Calls"), list_href), (_("New call"), "")]
        context = {"form": form, "programme": row, "trail": trail, "list_href": list_href}
        return render(request, "calls/manage/create.html", context)


@require_safe
def home(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Where the call stands, what is missing, what can be done now."""
    found = queries.staffed(request.user).prefetch_related("tracks", "criteria")
    call = get_object_or_404(found, programme__slug=programme, slug=slug)
    words, tone = standing(call)
    may_edit = rules.edit(call, request.user) is None
    needs = [
        (said, sections.address(call, "edit", section)) for section, said in rules.publication_needs(call)
    ]
    context = sections.frame(
        request,
        call,
        state=words,
        tone=tone,
        needs=needs,
        is_draft=call.state == CallState.DRAFT,
        dates=queries.dates_of(call),
        figures=sections.figures(call, request.user),
        neighbours=sections.neighbours(call),
        may_edit=may_edit,
        stages=stages_of(call),
        acts=_acts(call) if may_edit else [],
        trail=sections.trail(call),
    )
    return render(request, "calls/manage/home.html", context)


def stages_of(call: Call) -> list[staging.Stage]:
    """The stem of stages with what came of each; nothing where there is one alone."""
    chain = staging.chain_of(call) if call.follows or call.leads_on else []
    more: dict[Any, str] = {}
    for _receiver, said in events.stages_asked.send(Call, calls=chain) if chain else []:
        more |= said
    return staging.told(chain, staff=True, current=call, more=more) if chain else []


def _acts(call: Call) -> list[tuple[str, Any, Any]]:
    """The steps that are shown to who may edit; their roles were asked for, so no rule asks for them again."""
    return [(key, act.button, act.rule(call, None)) for key, act in ACTS.items() if act.shown(call)]


@dataclass(frozen=True)
class Act:
    """A step of a call's life, which asks before it is taken."""

    title: Any
    text: Any
    button: Any
    done: Any
    rule: Callable[..., Any]
    run: Callable[..., Any]
    shown: Callable[[Call], bool]
    danger: bool = False
    form: Any = None


def _published(call: Call) -> bool:
    return call.state == CallState.PUBLISHED


ACTS = {
    "publish": Act(
        _("Publish the call?"),
        _(
            "Its page becomes public, and applications are taken within its window. Before it opens it can be"
            " taken back; afterwards its terms change by a notice alone."
        ),
        _("Publish the call"),
        _("The call is public."),
        rules.publish,
        actions.publish,
        lambda call: call.state == CallState.DRAFT,
    ),
    "take-back": Act(
        _("Take the call back to its preparation?"),
        _("Its page is hidden again until the call is published."),
        _("Take back to preparation"),
        _("The call is in preparation again."),
        rules.take_back,
        actions.take_back,
        _published,
    ),
    "conclude": Act(
        _("Conclude the call?"),
        _("Nothing is decided in it any more. Its page and its ranking stay."),
        _("Conclude the call"),
        _("The call is concluded."),
        rules.conclude,
        actions.conclude,
        _published,
    ),
    "withdraw": Act(
        _("Withdraw the call?"),
        _("It takes no more applications, and this cannot be undone. Its page stays and says why."),
        _("Withdraw the call"),
        _("The call is withdrawn."),
        rules.withdraw,
        actions.withdraw,
        _published,
        danger=True,
        form=WithdrawalForm,
    ),
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, programme: str, slug: str, act: str) -> HttpResponse:
    """Ask, then take a step of the call's life."""
    call = get_object_or_404(queries.editable_by(request.user), programme__slug=programme, slug=slug)
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    form = chosen.form(posted(request)) if chosen.form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        with refusals_shown(request, chosen.done):
            chosen.run(call, by=request.user, **(form.cleaned_data if form else {}))
        return redirect(sections.address(call, "manage"))
    context = sections.frame(
        request,
        call,
        title=chosen.title,
        text=chosen.text,
        action=chosen.button,
        danger=chosen.danger,
        back_href=sections.address(call, "manage"),
        form=form,
        refused=chosen.rule(call, request.user),
        trail=sections.trail(call, chosen.button),
        told=queries.told(call),
    )
    return render(request, "calls/manage/act.html", context)
