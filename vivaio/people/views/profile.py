"""Pages of one's own account."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from vivaio.kit.forms import posted
from vivaio.people import actions
from vivaio.people.forms import ProfileForm


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name and language."""
    form = ProfileForm(posted(request), instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        person = actions.update_profile(request.user, form.cleaned_data, by=request.user)
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})
