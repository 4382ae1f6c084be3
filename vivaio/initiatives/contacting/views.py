"""The contacts of an initiative, and of a whole programme."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.accompanying import of_staff, staff
from vivaio.initiatives.contacting import actions, figures, queries, rules
from vivaio.initiatives.contacting.forms import ContactForm, EndForm, ReopenForm, StepForm
from vivaio.initiatives.contacting.tables import TONES, Contacts, ProgrammeContacts
from vivaio.initiatives.models import Contact, Initiative
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.states import ContactState
from vivaio.kit import clock, tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown

FORM = "initiatives/accompanying/form.html"


def why_not(row: Initiative, reader: Reader) -> str | None:
    return rules.writes(row, reader.concerned)


def contact_of(request: HttpRequest, pk: UUID) -> tuple[Contact, Initiative, Reader]:
    """The contact with its initiative as the person reads it; else 404."""
    found = get_object_or_404(queries.visible_to(request.user), pk=pk)
    row, reader = opened(request, found.initiative_id)
    found.initiative = row
    return found, row, reader


@require_safe
def contacts(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Whom the initiative has met, and what came of it."""
    row, reader = opened(request, pk)
    table = Contacts(queries.of_initiative(row), request.GET)
    if table.export:
        return tables.respond(request, table, "", {})
    context = {"table": table, "refused": why_not(row, reader)}
    return page(request, "initiatives/contacting/contacts.html", row, reader, "contacts", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new contact."""
    row, reader = opened(request, pk)
    form = ContactForm(posted(request), begun_on=clock.today(row.programme.time_zone))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The contact is recorded.")) as shown:
            made = actions.add(row, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(made)
        form.add_error(None, shown.reason)
    context = {
        "form": form,
        "heading": _("A new contact"),
        "submit": _("Record the contact"),
        "back_href": reverse("initiatives:contacts", args=[pk]),
        "refused": why_not(row, reader),
    }
    return page(request, FORM, row, reader, "contacts", context, status=422 if form.errors else 200)


@require_safe
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One contact: where it stands, what happened, what comes next."""
    found, row, reader = contact_of(request, pk)
    return page(
        request, "initiatives/contacting/contact.html", row, reader, "contacts", told(found, row, reader)
    )


def told(found: Contact, row: Initiative, reader: Reader, form: Any = None) -> dict[str, Any]:
    """What the page of a contact says; the people behind it to the team and to who accompanies it alone."""
    return {
        "contact": found,
        "contact_tone": TONES[found.state],
        "steps": queries.steps_of(found),
        "form": form or StepForm(),
        "refused": why_not(row, reader),
        "sees_people": reader.concerned,
        "is_open": found.state == ContactState.OPEN,
        "may_end": found.state in (ContactState.OPEN, ContactState.DORMANT),
        "zone": row.programme.time_zone,
    }


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is recorded."""
    found, row, reader = contact_of(request, pk)
    refused = why_not(row, reader)
    form = ContactForm(posted(request), None if refused else found)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The contact is changed.")) as shown:
            actions.change(found, values=form.values, by=request.user)
        if not shown.refused:
            return redirect(found)
        form.add_error(None, shown.reason)
    context = {
        "form": form,
        "heading": found.who,
        "submit": _("Save the contact"),
        "back_href": found.get_absolute_url(),
        "refused": refused,
    }
    return page(request, FORM, row, reader, "contacts", context, status=422 if form.errors else 200)


@require_POST
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what happened; what is refused stays in the field."""
    found, row, reader = contact_of(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        with refusals_shown(request, _("It is written down.")) as shown:
            actions.tell(found, form.cleaned_data["text"], by=request.user)
        if not shown.refused:
            return redirect(found.get_absolute_url() + "#steps")
    context = told(found, row, reader, form)
    return page(request, "initiatives/contacting/contact.html", row, reader, "contacts", context, status=422)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of it."""
    found, row, reader = contact_of(request, pk)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("What came of it is recorded.")) as shown:
            actions.end(found, **form.told, by=request.user)
        if not shown.refused:
            return redirect(found)
        form.add_error(None, shown.reason)
    context = {
        "title": _("What came of “%(who)s”?") % {"who": found.who},
        "form": form,
        "action": _("Record the outcome"),
        "back_href": found.get_absolute_url(),
        "refused": why_not(row, reader),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it up again."""
    found, row, reader = contact_of(request, pk)
    form = ReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The contact is open again.")) as shown:
            actions.reopen(found, reason=form.cleaned_data["reason"], by=request.user)
        if not shown.refused:
            return redirect(found)
    context = {
        "title": _("Take “%(who)s” up again?") % {"who": found.who},
        "text": _("What had come of it stays among what happened."),
        "form": form,
        "action": _("Take it up again"),
        "back_href": found.get_absolute_url(),
        "refused": why_not(row, reader),
    }
    return render(request, "kit/confirm.html", context, status=422 if form.errors else 200)


@require_safe
def programme_contacts(request: HttpRequest, programme: str) -> HttpResponseBase:
    """All contacts of the programme's initiatives, with figures by kind and outcome."""
    row = of_staff(request, programme)
    table = ProgrammeContacts(queries.in_programme(row), request.GET)
    context = {"figures": figures.crossed(row), "brought": figures.brought(row), **staff(row, "contacts")}
    return tables.respond(request, table, "initiatives/contacting/programme_contacts.html", context)
