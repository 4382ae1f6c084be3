"""The pages every installation owes its readers, and the preview of what they write."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from vivaio.kit import guide as guides
from vivaio.kit import markdown

app_name = "kit"


@login_not_required
@require_safe
def told(request: HttpRequest, page: str) -> HttpResponse:
    """One of the two pages."""
    return render(request, f"kit/pages/{page}.html")


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How a Markdown text will look; nothing is kept."""
    return HttpResponse(markdown.render(request.POST.get("text", "")[:100_000]))


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide for those who run a programme, in the reader's language."""
    pictures = reverse("kit:guide_picture", args=["x"]).removesuffix("x.png")
    return render(request, "kit/pages/guide.html", {"guide": guides.read(get_language() or "it", pictures)})


@login_not_required
@require_safe
def guide_picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guide."""
    path = settings.BASE_DIR / "docs/pictures" / guides.NAME / f"{name}.png"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")


urlpatterns = [
    path("open-data/", told, {"page": "open_data"}, name="open_data"),
    path("help/", told, {"page": "help"}, name="help"),
    path("help/first-call/", guide, name="guide"),
    path("help/first-call/<slug:name>.png", guide_picture, name="guide_picture"),
    path("preview/", preview, name="preview"),
]
