"""Applications and the organisations that applied, as they are found by those who may read them."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.applications.models import Application
from vivaio.applications.states import HANDED_IN, ApplicationState
from vivaio.finder import audiences, sources
from vivaio.finder.sources import Entry, Source, Text
from vivaio.people.models import Organisation

RECEIVED = Q(state__in=HANDED_IN) | Q(state=ApplicationState.WITHDRAWN, number__isnull=False)


def was_received(application: Application) -> bool:
    """Whether the staff may read it."""
    numbered = application.state == ApplicationState.WITHDRAWN and application.number is not None
    return application.state in HANDED_IN or numbered


def entries_of_application(application: Application) -> Iterable[Entry]:
    """Its team finds it from the first draft, the staff once it was handed in."""
    call = application.call
    if call.programme.is_rehearsal:
        return []
    if application.organisation_id is not None:
        audience = {audiences.organisation(application.organisation_id)}
    else:
        audience = {audiences.person(application.person_id)} if application.person_id else set()
    if was_received(application):
        audience.add(audiences.programme(call.programme_id, "applications.read"))
    language = call.programme.first_language
    with override(language):
        title = application.title or _t("Application without a title yet")
        context = f"{application.applicant_name} · {call.title_i18n}"
    return [
        Entry(
            application.pk,
            (Text(language, title, (), context),),
            frozenset(audience),
            "applications:application",
            (str(application.pk),),
            programme=call.programme_id,
            person=application.person_id,
        )
    ]


def entries_of_organisation(organisation: Organisation) -> Iterable[Entry]:
    """Once a programme that it applied to, for who reads applications there; the newest of them is where it leads."""
    found: dict[object, Entry] = {}
    for application in organisation.received:  # type: ignore[attr-defined]
        programme = application.call.programme
        if programme.pk in found or programme.is_rehearsal:
            continue
        said = tuple(filter(None, (organisation.description, organisation.municipality)))
        found[programme.pk] = Entry(
            organisation.pk,
            (Text(programme.first_language, organisation.name, said, programme.title),),
            frozenset({audiences.programme(programme.pk, "applications.read")}),
            "applications:application",
            (str(application.pk),),
            programme=programme.pk,
        )
    return list(found.values())


def received() -> Prefetch:
    """The applications of each organisation that the staff may read, the newest first."""
    rows = (
        Application.objects.filter(RECEIVED).select_related("call__programme").order_by("-submitted_at", "pk")
    )
    return Prefetch("applications", rows, to_attr="received")


sources.register(
    Source(
        kind="application",
        label=_("Applications"),
        rows=lambda: Application.objects.select_related("call__programme", "organisation", "person"),
        entries=entries_of_application,
        follows={
            "applications.application": "pk",
            "people.organisation": "organisation",
            "people.person": "person",
            "calls.call": "call",
        },
        position=70,
    )
)
sources.register(
    Source(
        kind="organisation",
        label=_("Organisations that applied"),
        rows=lambda: Organisation.objects.prefetch_related(received()),
        entries=entries_of_organisation,
        follows={"people.organisation": "pk", "applications.application": "applications"},
        position=80,
    )
)
