"""What the pages on personal data share: those of a programme, and the same of the installation."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.frame import Item
from vivaio.programmes import queries
from vivaio.programmes.models import Programme
from vivaio.programmes.views.frame import programme_where

EDIT = "programme.edit"
SECTIONS = [
    ("controller", _("Controller")),
    ("notices", _("Notices")),
    ("purposes", _("Purposes")),
    ("retention", _("Retention")),
    ("processing", _("Register of processing")),
]
READ = ("retention", "processing")  # what whoever may read everything may read


@dataclass(frozen=True)
class Holder:
    """On whose behalf personal data are held: a programme, or the installation, which keeps the accounts."""

    programme: Programme | None
    may_edit: bool = True

    @property
    def name(self) -> str:
        return str(self.programme) if self.programme else _t("The installation: accounts")

    @property
    def languages(self) -> list[str]:
        return (self.programme.languages if self.programme else None) or [
            code for code, _name in settings.LANGUAGES
        ]

    @property
    def zone(self) -> str:
        return self.programme.time_zone if self.programme else settings.TIME_ZONE

    def at(self, name: str, *more: Any) -> str:
        """The address of one of the pages."""
        if self.programme:
            return reverse(f"programmes:{name}", args=[self.programme.slug, *more])
        return reverse(f"programmes:site_{name}", args=more)

    def back_to(self, name: str, *more: Any) -> HttpResponseRedirect:
        """Back to one of the pages after a change."""
        return redirect(self.at(name, *more))

    def page(self, current: str, **more: Any) -> dict[str, Any]:
        """What every page shows around its own."""
        return {
            "holder": self,
            "programme": self.programme,
            "zone": self.zone,
            "eyebrow": self.name,
            "heading": _t("Personal data"),
            "section": next(label for name, label in SECTIONS if name == current),
            "tabs": [
                Item(label, self.at(name), name == current)
                for name, label in SECTIONS
                if self.may_edit or name in READ
            ],
            "may_edit": self.may_edit,
            **more,
        }


def holder_of(request: HttpRequest, slug: str | None, permission: str = EDIT) -> Holder:
    """The holder whose pages the person may open; else 404. The installation's are the administrator's."""
    if slug is not None:
        programme = programme_where(request, slug, permission)
        edits = permission == EDIT or queries.can(request.user, EDIT, programme)  # type: ignore[arg-type]
        return Holder(programme, edits)
    if not request.user.is_administrator:  # type: ignore[union-attr]
        raise Http404
    return Holder(None)
