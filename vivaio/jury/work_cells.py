"""What stands in the cells of the jury's lists, written for each row without a template."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.calls.models import Call
from vivaio.jury.models import Juror
from vivaio.jury.queries.assignment import Load, Reading
from vivaio.jury.states import AssignmentState, JurorState
from vivaio.kit.formats import number
from vivaio.kit.tables import escaped, tagged

QUIET = '<span class="small text-muted">'
BELOW = '<span class="d-block small text-muted fw-normal">'


def application(row: Any) -> SafeString:
    """Its number and title, with a name that other places of the page lead to."""
    return mark_safe(f'<span id="application-{row.pk}">{row.number}. {escaped(str(row))}</span>')


def juror(row: Juror) -> SafeString:
    """The juror and, of one who accepted, whether the declaration of conflicts is still to come."""
    return juror_to_read(row) if row.state == JurorState.ACCEPTED else conditional_escape(str(row))


def juror_to_read(row: Juror) -> SafeString:
    """A juror who accepted, and whether the declaration of conflicts is still to come."""
    name = escaped(str(row))
    if row.conflicts_declared_at:
        return mark_safe(name)
    return mark_safe(f"{name}{BELOW}{conditional_escape(_('conflicts not declared yet'))}</span>")


def bar(done: int, out_of: int, whose: Any) -> SafeString:
    """How much of how much."""
    return mark_safe(
        f'<progress class="vv-progress" value="{int(done)}" max="{int(out_of) or 1}" '
        f'aria-label="{escaped(str(whose))}"></progress>'
    )


def loads(rows: Iterable[Load]) -> SafeString:
    """The rows of the list of jurors: how much each has to read, of how much they take on."""
    hidden = '<td class="vv-n d-none d-md-table-cell">'
    written = []
    for one in rows:
        name = juror_to_read(one.juror)
        drawn = bar(one.load, one.juror.capacity, one.juror)
        written.append(
            f'<tr><th scope="row" class="vv-first">{name}</th><td>{drawn}</td><td class="vv-n">{number(one.load)}</td>'
            f"{hidden}{number(one.juror.capacity)}</td>{hidden}{number(one.conflicts)}</td></tr>"
        )
    return mark_safe("".join(written))


def drawing_of_readers() -> Callable[[Reading], SafeString]:
    """Draws who reads an application and how far they are, who does not, and how many are missing.

    For one page: a juror's name and the words are made ready once.
    """
    scored, begun, locked = (
        f" {QUIET}({escaped(said)})</span>" for said in (_("scored"), _("begun"), _("locked"))
    )
    further = {AssignmentState.DONE.value: scored, AssignmentState.STARTED.value: begun}
    nobody = f'<span class="text-muted">{escaped(_("Nobody yet"))}</span>'
    names: dict[Any, str] = {}

    def name(juror: Juror) -> str:
        if juror.pk not in names:
            names[juror.pk] = escaped(str(juror))
        return names[juror.pk]

    def readers(reading: Reading) -> SafeString:
        said = [
            name(one.juror) + further.get(one.state, locked if one.locked else "") for one in reading.reading
        ]
        written = [", ".join(said) or nobody]
        if reading.recused:
            not_these = ", ".join(name(one.juror) for one in reading.recused)
            told = escaped(_("Do not read it:"))
            written.append(f' <span class="d-block small text-muted">{told} {not_these}</span>')
        if reading.missing:
            words = ngettext("%(n)s missing", "%(n)s missing", reading.missing) % {"n": reading.missing}
            written.append(f' <span class="d-block">{tagged(words, "now")}</span>')
        return mark_safe("".join(written))

    return readers


def change_of(call: Call) -> Any:
    """Makes the link that leads from an application to who reads it."""
    page = readers_page(call)
    words = conditional_escape(_("Change"))
    return lambda row: mark_safe(
        f'<a href="{escaped(page(row))}">{words} <span class="visually-hidden">({escaped(str(row))})</span></a>'
    )


def work_of(call: Call) -> Any:
    """Makes the word that says whether an application is scored by as many as the call asks for."""
    page = readers_page(call)

    def said(row: Any, missing: int, short: int) -> SafeString:
        if missing <= 0:
            return tagged(_("Complete"), "yes")
        if short > 0:
            return format_html('<a href="{}">{}</a>', page(row), tagged(_("Short of jurors"), "now"))
        return tagged(_("Under way"))

    return said


def readers_page(call: Call) -> Any:
    """Makes the address of an application's readers; asked of the router once for a whole list."""
    somewhere = "00000000-0000-0000-0000-000000000000"
    pattern = reverse("jury:readers", args=[call.programme.slug, call.slug, somewhere])
    before, after = pattern.rsplit(somewhere, 1)
    return lambda row: f"{before}{row.pk}{after}"
