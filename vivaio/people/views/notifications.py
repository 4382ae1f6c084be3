"""Which letters one receives: the page of one's account, and the link in a letter."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vivaio.kit.forms import posted
from vivaio.mailroom import hours
from vivaio.mailroom import queries as mailroom
from vivaio.mailroom.categories import CATEGORIES
from vivaio.people import actions
from vivaio.people.letter_choices import LetterChoices, stopping_with


@require_http_methods(["GET", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """At once, once a day or not at all, category by category; and what always comes, with the reason."""
    form = LetterChoices(posted(request), mailroom.paces(request.user.pk, request.user.email))
    if request.method == "POST" and form.is_valid():
        actions.choose_letters(form.cleaned_data, by=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("people:notifications")
    context = {
        "form": form,
        "necessary": [category for category in CATEGORIES if category.necessary],
        "next_digest": hours.following(),
        "zone": settings.TIME_ZONE,
        "waiting": mailroom.waiting_for(request.user.pk).count(),
    }
    return render(request, "people/notifications/choices.html", context)


@csrf_exempt  # a mail program presses it, without a session; only who has the letter knows the signed address
@login_not_required
@require_http_methods(["GET", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in a letter opens: asked on a page, or done at one press of a mail program (RFC 8058)."""
    stopping = stopping_with(token)
    if stopping is None:
        return render(request, "people/notifications/unknown.html", status=404)
    if request.method == "POST":
        act = actions.resume_letters if "again" in request.POST else actions.stop_letters
        act(stopping)
        if request.POST.get("List-Unsubscribe") == "One-Click":  # which follows no redirect
            return HttpResponse(_("You receive no more letters of this kind."), content_type="text/plain")
        return redirect("people:stop_letters", token)
    return render(request, "people/notifications/stop.html", {"stopping": stopping})
