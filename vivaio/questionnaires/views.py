"""The staff's pages: forms, their versions, what applicants will see."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires import actions, queries, rules
from vivaio.questionnaires.engine import bookwriting
from vivaio.questionnaires.forms import WorkbookForm
from vivaio.questionnaires.lists import Forms, Versions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The forms of one's programmes."""
    table = Forms(queries.forms_for(request.user), request.GET)
    context = {"may_start": queries.startable_by(request.user)}
    return tables.respond(request, table, "questionnaires/forms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """A form with its versions; a workbook that is uploaded becomes the next one."""
    form = get_object_or_404(queries.forms_for(request.user), pk=pk)
    request.frame_programme = form.programme
    upload = WorkbookForm(posted(request), request.FILES or None)
    if request.method == "POST" and upload.is_valid():
        with refusals_shown(request):
            version = actions.upload_version(form, upload.reading.definition, by=request.user)
            messages.success(
                request,
                _("Version %(number)s is published. Calls keep the version that they have.")
                % {"number": version.number},
            )
        return redirect("questionnaires:form", pk=form.pk)
    table = Versions(queries.versions_for(request.user).filter(form=form), request.GET)
    draft = queries.draft_of(form)
    context = {"form": form, "upload": upload, "refused": rules.publish(form, request.user), "draft": draft}
    return tables.respond(request, table, "questionnaires/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: Any, number: int = 1) -> HttpResponse:
    """A step of a version as applicants see it. Nothing typed here is kept; its buttons turn the pages."""
    version = get_object_or_404(queries.versions_for(request.user), pk=pk)
    if request.method == "POST":
        steps = {"next": number + 1, "back": number - 1}
        number = max(1, steps.get(request.POST.get("_wish", ""), number))
        return redirect(preview_url(version.pk, number))
    request.frame_programme = version.form.programme
    form_page = queries.preview(version, number, lambda step: preview_url(version.pk, step))
    if form_page is None:
        return redirect(preview_url(version.pk, 1))
    return render(request, "questionnaires/preview.html", {"version": version, "form_page": form_page})


def preview_url(pk: Any, number: int) -> str:
    """The address of a step of the preview."""
    return reverse("questionnaires:preview", args=[pk, number])


@require_safe
def download(request: HttpRequest, pk: Any) -> HttpResponse:
    """A version as an XLSForm workbook."""
    version = get_object_or_404(queries.versions_for(request.user), pk=pk)
    response = HttpResponse(bookwriting.write(version.questionnaire), content_type=XLSX)
    name = f"{slugify(version.form.key) or 'form'}-v{version.number}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
