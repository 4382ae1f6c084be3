"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "publishing",
    "site shelf add edit act",
    _(
        "News, documents, photos and videos of the programme's public pages. Prepare them calmly: they "
        "are seen outside only once they are published. Pictures need a description, videos captions."
    ),
    "site",
)
