"""The lists on the staff's pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit.formats import short_day
from vivaio.kit.tables import Column, Table


class Forms(Table):
    """Forms of one's programmes."""

    key = "questionnaires.forms"
    caption = _("Forms")
    nouns = ngettext_lazy("%(n)d form", "%(n)d forms", "n")
    search = ("title", "programme__title")
    columns = (
        Column(
            "title",
            _("Title"),
            order="title",
            value=lambda form: form.title_i18n,
            href=lambda form: reverse("questionnaires:form", args=[form.pk]),
        ),
        Column(
            "programme",
            _("Programme"),
            order="programme__title",
            value=lambda form: form.programme.title_i18n,
        ),
        Column("version_count", _("Versions"), order="version_count"),
        Column("response_count", _("Answers"), order="response_count"),
    )
    default_order = "title"
    row_header = "title"


class Versions(Table):
    """Versions of one form."""

    caption = _("Versions")
    nouns = ngettext_lazy("%(n)d version", "%(n)d versions", "n")
    columns = (
        Column(
            "number",
            _("Version"),
            order="number",
            href=lambda version: reverse("questionnaires:preview", args=[version.pk, 1]),
        ),
        Column(
            "published_at",
            _("Published on"),
            order="published_at",
            show=lambda version: short_day(version.published_at),
        ),
        Column(
            "published_by",
            _("Published by"),
            value=lambda version: str(version.published_by or ""),
            phone=False,
        ),
        Column("response_count", _("Answers"), order="response_count"),
        Column(
            "download",
            _("Workbook"),
            value=lambda version: _("Download version %(number)s (.xlsx)") % {"number": version.number},
            href=lambda version: reverse("questionnaires:download", args=[version.pk]),
        ),
    )
    default_order = "-number"
    row_header = "number"
    exports = ()
