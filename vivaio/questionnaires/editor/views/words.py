"""The words of a form in its languages, its lists of choices, its title."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vivaio.kit.language_fields import language_name
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.editor import actions, marks, queries, sections
from vivaio.questionnaires.editor.forms.choices import ChoicesForm, uses_of
from vivaio.questionnaires.editor.forms.settings import SettingsForm
from vivaio.questionnaires.editor.translating import Sheet, typed_in
from vivaio.questionnaires.editor.views.frame import on_draft, page
from vivaio.questionnaires.models import FormDraft


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def translations(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """Two languages side by side; what is missing can be shown alone."""
    sheet = Sheet(draft.questionnaire, request.GET)
    theirs: dict[str, str] = {}
    if request.method == "POST":
        typed, drawn = typed_in(request.POST)
        draft, theirs = actions.translate(draft.form, sheet.to, typed, drawn, by=request.user)
        kept = len(typed) - len(theirs)
        if not theirs:
            messages.success(
                request,
                ngettext("%(n)s text saved.", "%(n)s texts saved.", kept) % {"n": kept}
                if kept
                else _("Nothing had changed."),
            )
            return redirect(f"{sections.address(draft, 'texts')}?{sheet.query}")
        sheet = Sheet(draft.questionnaire, request.GET, typed, theirs)
    return page(request, "texts", draft, "texts", sheet=sheet, stale=theirs, theirs=theirs)


@require_http_methods(["GET", "HEAD"])
@on_draft
def lists(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """The lists of choices, and which questions offer them."""
    definition = draft.questionnaire
    language = questionnaires.language_now()
    found = [
        {
            "name": name,
            "count": len(choices),
            "some": ", ".join(definition.words(each.label, language) for each in choices[:4]),
            "uses": [queries.named(definition, each) for each in uses_of(definition, name)],
            "href": sections.address(draft, "list", name=name),
        }
        for name, choices in definition.lists.items()
    ]
    paged = Paginator(found, 50).get_page(request.GET.get("page"))
    return page(request, "lists", draft, "lists", lists=paged)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def choices(request: HttpRequest, draft: FormDraft, name: str) -> HttpResponse:
    """The choices of a list."""
    definition = draft.questionnaire
    if name not in definition.lists:
        raise Http404
    form = ChoicesForm(definition, name, page_number(request), request.POST or None)
    stale = None
    if request.method == "POST" and (found := form.result()) is not None:
        try:
            actions.set_choices(draft.form, name, found, seen=request.POST.get("seen", ""), by=request.user)
        except actions.Stale as refusal:
            stale = refusal
        else:
            messages.success(request, _("Saved."))
            return back_to_list(draft, name, request.POST, form)
    more: dict[str, Any] = {
        "list_name": name,
        "rows": form.rows(),
        "choices": form,
        "uses": [queries.named(definition, each) for each in uses_of(definition, name)],
        "seen": marks.mark(definition, marks.choices(name)),
        "at": request.GET.get("at", ""),
        "way": request.GET.get("way", ""),
    }
    return page(request, "choices", draft, "lists", stale=stale, **more)


def page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 1


def back_to_list(draft: FormDraft, name: str, sent: Any, form: ChoicesForm) -> HttpResponse:
    """The list again, at the choice that moved; all the lists if it has no choices left."""
    if (
        not any(f"c-{at}-remove" not in sent for at in range(len(form.shown)))
        and not form.lines
        and form.pages == 1
    ):
        return redirect(sections.address(draft, "lists"))
    way = "up" if "up" in sent else "down" if "down" in sent else ""
    query = f"?page={form.page}" + (f"&at={sent[way]}&way={way}" if way else "")
    return redirect(sections.address(draft, "list", name=name) + query)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def settings(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """The title and the languages."""
    definition = draft.questionnaire
    form = SettingsForm(request.POST or None, definition=definition)
    stale = None
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            actions.settle(draft.form, form.title(), form.languages(), seen=seen, by=request.user)
        except actions.Stale as refusal:
            stale = refusal
        else:
            messages.success(request, _("Saved."))
            return redirect(sections.address(draft, "settings"))
    now = [(language_name(code), text) for code, text in definition.title.items()]
    seen = marks.mark(definition, marks.SETTINGS)
    return page(request, "settings", draft, "settings", form=form, stale=stale, current=now, seen=seen)
