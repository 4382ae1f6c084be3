"""The legal entity of a team: named and proved by the team, checked by the programme."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.actions import constituting as actions
from vivaio.initiatives.forms.constituting import ProofForm, ReasonForm
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.queries import constituting as queries
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import PROOF_TONES, ProofState
from vivaio.kit import files
from vivaio.kit.refusals import refusals_shown


@require_http_methods(["GET", "POST"])
def legal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where it stands, what was sent, and sending it."""
    row, reader = opened(request, pk)
    proofs = list(queries.proofs_of(row))
    waiting = next((one for one in proofs if one.state == ProofState.WAITING), None)
    owned = list(queries.entities_of(request.user)) if reader.leads else []
    form = ProofForm(request.POST or None, request.FILES or None, owned)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The proof is sent: the answer comes by letter.")) as shown:
            actions.send(row, **form.values, by=request.user)
        if not shown.refused:
            return redirect("initiatives:legal", pk)
    goes_on = rules.under_way(row) is None
    context = {
        "proofs": [(one, PROOF_TONES[one.state]) for one in proofs],
        "waiting": waiting if reader.follows and goes_on else None,
        "form": form if reader.leads and waiting is None and goes_on else None,
        "reason_form": ReasonForm(),
        "no_money": rules.may_receive_money(row),
    }
    return page(request, "initiatives/constituting/legal.html", row, reader, "legal", context)


@require_POST
def legal_answer(request: HttpRequest, pk: UUID, proof: UUID, answer: str) -> HttpResponse:
    """Accept the proof, or send it back with the reason."""
    row, _reader = opened(request, pk)
    found = get_object_or_404(queries.proofs_of(row), pk=proof)
    if answer not in ("accept", "send-back"):
        raise Http404
    with refusals_shown(request, _("The team is told by letter.")):
        if answer == "accept":
            actions.accept(found, by=request.user)
        else:
            actions.send_back(found, reason=request.POST.get("reason", ""), by=request.user)
    return redirect("initiatives:legal", pk)


@require_safe
def legal_file(request: HttpRequest, pk: UUID, proof: UUID) -> HttpResponseBase:
    """The proof itself, for the team and the programme's staff."""
    row, _reader = opened(request, pk)
    return files.serve(get_object_or_404(queries.proofs_of(row), pk=proof), inline=True)
