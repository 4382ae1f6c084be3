"""The applicant's declaration: written, summed up, read, signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.applications import queries as applications
from vivaio.applications.deminimis import actions, forms, queries, rules, telling
from vivaio.applications.deminimis.content import Content, problems
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.views.applicant import at_home
from vivaio.kit.refusals import refusals_shown


def mine(request: HttpRequest, pk: Any) -> Application:
    """One's own application whose call asks for a declaration, else 404."""
    found = get_object_or_404(applications.mine(request.user), pk=pk)
    at_home(request, found.call)
    return found


def frame(found: Application, **more: Any) -> dict[str, Any]:
    heading = _("De minimis declaration")
    return {
        "application": found,
        "call": found.call,
        "heading": heading,
        "trail": [
            (_("My applications"), reverse("applications:mine")),
            (str(found), found.get_absolute_url()),
            (heading, ""),
        ],
        **more,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write the declaration; once it cannot be written any more, read it."""
    found = mine(request, pk)
    stands = queries.declaration_of(found)
    if request.method == "POST":
        return _posted(request, found, stands)
    refused = rules.write(found, request.user)
    if refused or not queries.conditions_for(found):
        return _reading(request, found, stands, refused)
    return _page(request, found, Content.of(stands), stands, request.GET.get("add", ""))


def _posted(request: HttpRequest, found: Application, stands: AidDeclaration | None) -> HttpResponse:
    """Keep what was typed, then go where the button says; what is refused stays on the page."""
    said = forms.typed(request.POST)
    with refusals_shown(request) as shown:
        stands = actions.write(found, said, by=request.user, seen=forms.seen_in(request.POST))
    if shown.refused:
        return _page(request, found, said, queries.declaration_of(found), "")
    here = reverse("applications:de_minimis", args=[found.pk])
    if (add := request.POST.get("add")) in ("linked", "aids"):
        count = len(said.linked if add == "linked" else said.aids)
        return redirect(f"{here}?add={add}#row-{add}-{count}")
    if "go" not in request.POST:
        messages.success(request, _("Saved. It counts once it is signed."))
        return redirect(here)
    if problems(Content.of(stands), queries.today_of(found)):
        return _page(request, found, Content.of(stands), stands, "", reproach=True)
    return redirect("applications:de_minimis_sign", found.pk)


def _page(
    request: HttpRequest,
    found: Application,
    content: Content,
    stands: AidDeclaration | None,
    add: str,
    *,
    reproach: bool = False,
) -> HttpResponse:
    sheet = forms.Sheet(content, found.applicant_name, stands.revision if stands else 0, add)
    wrong = problems(content, queries.today_of(found))
    told = _told(found, content)
    context = frame(
        found,
        sheet=sheet.reproach(wrong) if reproach else sheet,
        wrong=wrong if reproach else [],
        told=told,
        signed=telling.signed_line(stands, found.call.time_zone) if stands and stands.is_signed else "",
        source=queries.sources(found, request.user).first() if not content.linked else None,
        window=told[0][2] if told else "",
    )
    return render(request, "applications/deminimis/declaration.html", context)


def _told(found: Application, content: Content) -> list[Any]:
    """What each condition comes to with what is typed; what the staff found in the register is the staff's."""
    day = queries.today_of(found)
    return [
        (one, telling.conclusion(one), telling.window_words(one.standing.since, one.standing.until))
        for one in (
            queries.find(found, condition, content, day, signed=True)
            for condition in queries.conditions_for(found)
        )
    ]


def _reading(
    request: HttpRequest, found: Application, stands: AidDeclaration | None, refused: Any
) -> HttpResponse:
    content = Content.of(stands)
    context = frame(
        found,
        words=stands.signed_words if stands else "",
        told=_told(found, content) if stands else [],
        signed=telling.signed_line(stands, found.call.time_zone) if stands and stands.is_signed else "",
        digest=stands.digest if stands else "",
        refused=refused,
        due=bool(queries.conditions_for(found)),
    )
    return render(request, "applications/deminimis/read.html", context)


@require_POST
def total(request: HttpRequest, pk: Any) -> HttpResponse:
    """What is typed so far comes to; nothing is kept."""
    found = mine(request, pk)
    return render(
        request, "applications/deminimis/total.html", {"told": _told(found, forms.typed(request.POST))}
    )


@require_POST
def copy_linked(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take over the undertakings of an earlier declaration."""
    found = mine(request, pk)
    with refusals_shown(request) as shown:
        count = actions.copy_linked(found, by=request.user)
    if not shown.refused:
        words = ngettext("%(n)d undertaking was copied.", "%(n)d undertakings were copied.", count)
        messages.success(
            request, words % {"n": count} + " " + _("Read them again, and declare the aid anew.")
        )
    return redirect("applications:de_minimis", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: Any) -> HttpResponse:
    """Read the declaration word for word, and sign it."""
    found = mine(request, pk)
    stands = queries.declaration_of(found)
    if request.method == "POST":
        with refusals_shown(request, _("The de minimis declaration is signed.")) as shown:
            actions.sign(
                found,
                by=request.user,
                seen=forms.seen_in(request.POST),
                represents="represents" in request.POST,
                words=request.POST.get("words", "")[:60_000],
            )
        if not shown.refused:
            return redirect("applications:de_minimis", found.pk)
    if rules.write(found, request.user) or rules.whole(found, stands) or stands is None:
        return redirect("applications:de_minimis", found.pk)
    return _signing(request, found, stands)


def _signing(request: HttpRequest, found: Application, stands: AidDeclaration) -> HttpResponse:
    content = Content.of(stands)
    words = telling.text_to_sign(found, content, queries.found_for(found), request.user)
    form = forms.SignForm(initial={"seen": stands.revision, "words": words}, label_suffix="")
    context = frame(
        found,
        words=words,
        form=form,
        told=_told(found, content),
        represents=queries.represents(found, request.user),
    )
    return render(request, "applications/deminimis/sign.html", context)
