"""Blueprints in the browser: choose, look at the plan, apply; the schema for editors and machines."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.blueprints import actions, packing, queries, rules
from vivaio.blueprints.forms import ApplyForm, BlueprintForm
from vivaio.blueprints.reading import Unreadable
from vivaio.blueprints.schema import SCHEMA
from vivaio.blueprints.telling import told
from vivaio.kit.rules import Refused
from vivaio.programmes.models import Programme


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a blueprint and see what it would change; nothing changes yet."""
    form = BlueprintForm(request.POST, request.FILES) if request.method == "POST" else BlueprintForm()
    refused = rules.choose(request.user)
    context: dict[str, Any] = {
        "form": form,
        "refused": refused,
        "shipped": queries.shipped(),
        "programmes": queries.exportable_by(request.user),
        "kits": queries.kits_of(request.user),
    }
    if request.method == "POST" and form.is_valid() and not refused:
        return plan(request, form, context)
    return render(request, "blueprints/choose.html", context, status=422 if form.errors else 200)


def plan(request: HttpRequest, form: BlueprintForm, context: dict[str, Any]) -> HttpResponse:
    """The plan, or the file's problems line by line."""
    content = form.content
    start = form.cleaned_data["start"]
    try:
        applied = actions.plan(content, by=request.user, start=start)
    except Unreadable as error:
        return render(request, "blueprints/choose.html", {**context, "problems": error.problems}, status=422)
    except Refused as refusal:
        return render(request, "blueprints/choose.html", {**context, "reason": refusal.reason}, status=409)
    carried = ApplyForm(initial={"content": content.decode("utf-8-sig"), "start": start})
    return render(
        request, "blueprints/plan.html", {"applied": applied, "told": told(applied), "form": carried}
    )


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Carry out the plan that was shown."""
    form = ApplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The plan did not arrive whole. Choose the blueprint again."))
        return redirect("blueprints:choose")
    try:
        applied = actions.apply(
            form.cleaned_data["content"].encode(), by=request.user, start=form.cleaned_data["start"]
        )
    except Unreadable as error:
        messages.error(request, "; ".join(str(problem) for problem in error.problems[:3]))
        return redirect("blueprints:choose")
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("blueprints:choose")
    messages.success(request, _("The blueprint is applied."))
    return redirect("desk:programme", applied.programme.slug)


@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """One of the blueprints that come with the product, to adapt it."""
    found = next((one for one in queries.shipped() if one.name == name), None)
    if found is None:
        return redirect("blueprints:choose")
    response = HttpResponse(found.path.read_bytes(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.name}.yaml"'
    return response


@login_not_required
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme as a blueprint."""
    programme = get_object_or_404(queries.exportable_by(request.user), slug=slug)
    response = HttpResponse(
        queries.exported(programme, request.user), content_type="application/yaml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}.yaml"'
    return response


def staffed(request: HttpRequest, slug: str) -> Programme:
    """The programme on whose staff the person is; else 404."""
    row = get_object_or_404(queries.kits_of(request.user), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    return row


@require_safe
def kit(request: HttpRequest, slug: str) -> HttpResponse:
    """What another territory would take along, and what it would not."""
    programme = staffed(request, slug)
    context = {
        "programme": programme,
        "inside": packing.inside(programme),
        "outside": packing.outside(),
    }
    return render(request, "blueprints/kit/kit.html", context)


@require_safe
def kit_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The kit itself."""
    programme = staffed(request, slug)
    response = HttpResponse(packing.packed(programme), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-kit.zip"'
    return response


@login_not_required
@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema: an editor that reads it completes and checks a blueprint as one types."""
    return JsonResponse(json.loads(json.dumps(SCHEMA)), json_dumps_params={"indent": 2})
