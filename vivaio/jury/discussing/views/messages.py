"""What the jurors' and the staff's pages do alike with messages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from vivaio.jury.discussing import actions, pages, rules
from vivaio.jury.discussing.forms import MessageForm
from vivaio.jury.forms.scoring import changes
from vivaio.jury.models import Remark
from vivaio.kit import clock
from vivaio.kit.formats import hour
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused


def page(
    request: HttpRequest, room: pages.Room, template: str, more: dict[str, Any], form: Any = None
) -> HttpResponse:
    """The discussion; its script says that it was read, or the reader does with a button."""
    told = pages.thread(room)
    context = {
        **told,
        "form": form or MessageForm(initial={"text": told["draft"]}),
        "draft_href": room.address("discussion_draft"),
        "say_href": room.address("discussion"),
        "zone": room.call.programme.time_zone,
        "saved_words": _("What you write is kept as you go"),
        **more,
    }
    return render(request, template, context)


def say(request: HttpRequest, room: pages.Room) -> HttpResponse:
    """Send a message; what cannot be sent is kept as the draft, so that nothing typed is lost."""
    form = MessageForm(request.POST)
    text = str(request.POST.get("text", "")).replace("\0", "")
    with refusals_shown(request) as shown:
        actions.say(room.discussion, text, by=request.user, juror=room.juror)
    if shown.refused and text.strip() and not form.is_valid():
        with refusals_shown(request):
            actions.keep_draft(room.discussion, text, by=request.user, juror=room.juror)
    return redirect(room.address("discussion") + "#last")


def keep(request: HttpRequest, room: pages.Room) -> JsonResponse:
    """Keep the draft, in the words of `kit/autosave.js`."""
    sent = changes(request.body)
    try:
        actions.keep_draft(
            room.discussion, sent.get("text", "").replace("\0", ""), by=request.user, juror=room.juror
        )
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    told = _("Draft saved at %(hour)s") % {"hour": hour(clock.now(), room.call.programme.time_zone)}
    return JsonResponse({"saved_at_text": told})


def _remark(room: pages.Room, pk: UUID) -> Remark:
    """One's own message of this discussion, else 404."""
    rows = room.discussion.remarks.filter(voice__person=room.person, removed_at=None)
    found = get_object_or_404(rows.select_related("voice"), pk=pk)
    found.discussion = room.discussion
    return found


def edit(request: HttpRequest, room: pages.Room, pk: UUID) -> HttpResponse:
    """Change one's own words."""
    found = _remark(room, pk)
    form = MessageForm(posted(request), initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            actions.edit(found, form.cleaned_data["text"], by=request.user, juror=room.juror)
        if not shown.refused:
            return redirect(room.address("discussion"))
    context = {
        "title": _("Change your message"),
        "text": _("That it was changed is shown beside it."),
        "action": _("Save the message"),
        "form": form,
        "back_href": room.address("discussion"),
        "refused": rules.edit(found, request.user),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)


def remove(request: HttpRequest, room: pages.Room, pk: UUID) -> HttpResponse:
    """Ask, then take one's own words back."""
    found = _remark(room, pk)
    if request.method == "POST":
        with refusals_shown(request):
            actions.take_back(found, by=request.user, juror=room.juror)
        return redirect(room.address("discussion"))
    context = {
        "title": _("Take your message back?"),
        "text": f"“{found.text}”\n\n" + _("Its words go; that there was a message stays to be seen."),
        "action": _("Take the message back"),
        "danger": True,
        "back_href": room.address("discussion"),
        "refused": rules.take_back(found, request.user),
    }
    return render(request, "kit/confirm.html", context)
