"""Good practices that wait for the staff: counted with the programmes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallKind
from vivaio.desk.home.items import Item
from vivaio.desk.home.staff import Rights
from vivaio.kit.counting import counted
from vivaio.publishing.models import Practice
from vivaio.publishing.states import PracticeState


def annotations() -> dict[str, Any]:
    """For a statement that reads programmes: applications to take, texts that came back, practices to prepare."""
    eligible = Application.objects.filter(
        call__programme=OuterRef("pk"),
        call__kind=CallKind.PRACTICES,
        state=ApplicationState.ADMITTED,
        organisation__isnull=False,
        practice=None,
    )
    prepared = Practice.objects.filter(programme=OuterRef("pk"), state=PracticeState.DRAFT)
    return {
        "practices_to_take": counted(eligible),
        "practices_back": counted(prepared.exclude(note="")),
        "practices_prepared": counted(prepared.filter(note="")),
    }


def items(programmes: list[Any], rights: Rights) -> Iterator[Item]:
    """What is collected, to be read, mended and published."""
    for programme in programmes:
        if not rights.may("site.edit", programme.pk):
            continue
        to_take = programme.practices_to_take if rights.may("applications.read", programme.pk) else 0
        told = (
            (
                to_take,
                ngettext("Read %(n)d good practice", "Read %(n)d good practices", to_take),
                _("They were found eligible: accept for publication what others can learn from."),
            ),
            (
                n := programme.practices_back,
                ngettext("Mend the text of %(n)d good practice", "Mend the texts of %(n)d good practices", n),
                _("Its organisation has read it and says what it would have otherwise."),
            ),
            (
                n := programme.practices_prepared,
                ngettext("Publish %(n)d good practice", "Publish %(n)d good practices", n),
                _("Settle its tags, then put it on line or have it confirmed."),
            ),
        )
        for n, title, text in told:
            if n:
                yield Item(
                    title=title % {"n": n},
                    text=text,
                    action=_("Open the good practices"),
                    href=reverse("publishing:practice_desk", args=[programme.slug]),
                    context=str(programme),
                )
