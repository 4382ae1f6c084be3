"""What anyone may read of a call."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from vivaio.calls import queries
from vivaio.calls.states import Window
from vivaio.programmes import queries as programmes


@login_not_required
@require_safe
def call_list(request: HttpRequest, programme: str) -> HttpResponse:
    """The programme's calls: open, about to open, closed."""
    row = get_object_or_404(programmes.visible_to(request.user), slug=programme)
    request.frame_programme = row  # type: ignore[attr-defined]
    calls = list(queries.public_of(row))
    groups = [(window, [call for call in calls if call.window == window]) for window in Window]
    order = {Window.OPEN: 0, Window.AHEAD: 1, Window.SHUT: 2}
    groups = sorted(((window, some) for window, some in groups if some), key=lambda group: order[group[0]])
    return render(request, "calls/public/list.html", {"programme": row, "groups": groups})


@login_not_required
@require_safe
def call(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """A call: what it is for, who may apply, what it gives, by when, how it is decided."""
    row = get_object_or_404(queries.readable(request.user), programme__slug=programme, slug=slug)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return render(request, "calls/public/call.html", {"call": row, "told": queries.told(row)})
