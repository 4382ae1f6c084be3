"""The data controller and the privacy notice: the staff's pages, and those that anyone reads."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import actions, queries, retaining, rules
from vivaio.programmes.forms.notices import ControllerForm, NoticeForm
from vivaio.programmes.models import Notice, Programme
from vivaio.programmes.views.privacy_frame import holder_of


@require_http_methods(["GET", "POST"])
def controller(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Who answers for the personal data."""
    holder = holder_of(request, slug)
    form = ControllerForm(posted(request), queries.controller_of(holder.programme), holder.languages)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The data controller is saved.")):
            actions.set_controller(holder.programme, **form.values, by=request.user)
        return holder.back_to("controller")
    status = 422 if request.method == "POST" else 200
    return render(
        request, "programmes/privacy/controller.html", holder.page("controller", form=form), status=status
    )


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The versions of the notice, and the next one while it is being written."""
    holder = holder_of(request, slug)
    draft = queries.notice_being_written(holder.programme)
    versions = list(queries.published_notices(holder.programme))
    form = NoticeForm(posted(request), draft or next(iter(versions), None), holder.languages)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(
            request, _("Saved. Nobody but the staff reads this version until it is published.")
        ):
            actions.write_notice(holder.programme, form.values, by=request.user)
        return holder.back_to("notices")
    context = holder.page(
        "notices",
        form=form,
        draft=draft,
        versions=[(version, public_address(holder.programme, version)) for version in versions],
        publish_href=holder.at("publish_notice"),
        discard_href=holder.at("discard_notice"),
        refused=rules.publish_notice(holder.programme, draft, request.user),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/privacy/notices.html", context, status=status)


def public_address(programme: Programme | None, version: Notice) -> str:
    """Where anyone reads this version."""
    if programme is None:
        return reverse("programmes:site_notice", args=[version.number])
    return reverse("programmes:notice", args=[programme.slug, version.number])


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Ask, then publish the version being written."""
    holder = holder_of(request, slug)
    draft = queries.notice_being_written(holder.programme)
    if request.method == "POST":
        with refusals_shown(request, _("The new version of the notice is published.")):
            actions.publish_notice(holder.programme, by=request.user)
        return holder.back_to("notices")
    context = {
        "title": _("Publish this version of the notice?"),
        "text": _(
            "It holds from now on, and can no longer be changed. The versions before it stay readable,"
            " because those who read them must be able to find them again."
        ),
        "notice": draft,
        "action": _("Publish the notice"),
        "back_href": holder.at("notices"),
        "refused": rules.publish_notice(holder.programme, draft, request.user),
    }
    return render(request, "programmes/privacy/publish.html", context)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Ask, then throw the version being written away."""
    holder = holder_of(request, slug)
    if request.method == "POST":
        with refusals_shown(request, _("The version being written is gone.")):
            actions.discard_notice(holder.programme, by=request.user)
        return holder.back_to("notices")
    context = {
        "title": _("Discard the version being written?"),
        "text": _("What was published stays as it is."),
        "action": _("Discard it"),
        "danger": True,
        "back_href": holder.at("notices"),
    }
    return render(request, "kit/confirm.html", context)


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """How a programme treats personal data: the version that holds, or an older one."""
    programme = get_object_or_404(queries.visible_to(request.user), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    return render(request, "programmes/privacy/public.html", told(programme, number))


@login_not_required
@require_safe
def site(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """How the installation treats accounts, and where each programme says how it treats the rest."""
    programmes = queries.current_notices(queries.public())
    context = told(None, number) | {"notices": programmes}
    return render(request, "programmes/privacy/site.html", context)


def told(programme: Programme | None, number: int | None) -> dict[str, Any]:
    """The version asked for, with the others beside it."""
    versions = queries.published_notices(programme)
    notice = get_object_or_404(versions, number=number) if number is not None else versions.first()
    return {
        "programme": programme,
        "zone": programme.time_zone if programme else None,
        "controller": queries.controller_of(programme),
        "notice": notice,
        "periods": retaining.periods(programme),
        "purposes": queries.purposes(programme),
        "versions": [(version, public_address(programme, version)) for version in versions],
        "is_current": notice is None or notice == versions.first(),
    }
