"""The register of a programme, and the public heads of the journal."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.desk.register import queries
from vivaio.desk.register.subjects import name_subjects
from vivaio.desk.register.table import Register
from vivaio.desk.register.tabs import chosen, tabs
from vivaio.journal import queries as journal
from vivaio.kit import tables


@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened in a programme, newest first: what people did, unless something else is asked for."""
    programme = get_object_or_404(queries.readable_by(request.user), slug=slug)
    request.frame_programme = programme  # type: ignore[attr-defined]
    rows, subject = queries.records(programme), _uuid(request.GET.get("subject", ""))
    if subject:
        rows = queries.about(rows, subject)
    kind = chosen(request.GET.get("kind", ""), subject)
    table = Register(queries.of_kind(rows, kind), request.GET)
    if not table.export:
        name_subjects(table.page.object_list)
    context = {
        "programme": programme,
        "subject": subject,
        "tabs": [] if table.export else tabs(queries.counts(rows), kind, subject),
        "standing": journal.standing(),
        "trail": [(programme.title_i18n, None), (_("Register"), None)],
    }
    return tables.respond(request, table, "desk/register/register.html", context)


@login_not_required
@require_safe
def heads(request: HttpRequest) -> HttpResponseBase:
    """The heads of the journal, one a day, and what they are for."""
    published = journal.published_heads()["heads"]
    return render(
        request, "desk/register/heads.html", {"heads": published[::-1][:31], "count": len(published)}
    )


@login_not_required
@require_safe
def heads_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file that `vivaio journal verify --file` takes."""
    answer = JsonResponse(journal.published_heads(), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="vivaio-journal-heads.json"'
    return answer


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
