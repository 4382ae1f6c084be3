"""Lifecycles of what is published, and kinds of document."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "In preparation")
    SCHEDULED = "scheduled", pgettext_lazy("news", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("news", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("news", "Withdrawn")


NEWS_MOVES = {
    NewsState.DRAFT: {NewsState.SCHEDULED, NewsState.PUBLISHED},
    NewsState.SCHEDULED: {NewsState.DRAFT, NewsState.PUBLISHED},
    NewsState.PUBLISHED: {NewsState.WITHDRAWN},
    NewsState.WITHDRAWN: {NewsState.PUBLISHED},
}


class ItemState(models.TextChoices):
    """Of a document, a photo, a video."""

    DRAFT = "draft", pgettext_lazy("document or picture", "In preparation")
    PUBLISHED = "published", pgettext_lazy("document or picture", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("document or picture", "Withdrawn")


ITEM_MOVES = {
    ItemState.DRAFT: {ItemState.PUBLISHED},
    ItemState.PUBLISHED: {ItemState.WITHDRAWN},
    ItemState.WITHDRAWN: {ItemState.PUBLISHED},
}


class DocumentKind(models.TextChoices):
    CALL = "call", _("Call and rules")
    FORM = "form", _("Form to fill in")
    MINUTES = "minutes", _("Act and minutes")
    REPORT = "report", _("Report and research")
    BROCHURE = "brochure", _("Brochure and presentation")
    TRAINING = "training", _("Training material")
    OTHER = "other", _("Other")
