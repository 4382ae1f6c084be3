"""The demo's call in two stages: the first one over with its decision record, the second one open today.

Organisations are those of the cast; what they hand in, the jurors' scores and the numbers of the draw are invented. All
of it goes through the actions that people use, with the clock at each moment.
"""

import datetime as dt
from copy import deepcopy
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from vivaio.applications import actions as applications
from vivaio.applications.checking import actions as checking
from vivaio.applications.deminimis import actions as aid
from vivaio.applications.models import Application, Check, Proposal
from vivaio.applications.own_letters import actions as own_letters
from vivaio.applications.signing import actions as signing
from vivaio.applications.signing import queries as signatures
from vivaio.applications.states import ApplicationState, CheckOutcome, ProposalState
from vivaio.blueprints import actions as blueprints
from vivaio.blueprints.demo import blind
from vivaio.blueprints.demo.moments import days_ahead, known, told
from vivaio.blueprints.demo.paying import PDF
from vivaio.blueprints.queries import SHIPPED, written
from vivaio.calls.asking import actions as asking
from vivaio.calls.models import Call
from vivaio.calls.notices import actions as notices
from vivaio.calls.notices import queries as noticed
from vivaio.jury.advancing import actions as advancing
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change, Posted

PROGRAMME = "milano-sei-l-altro"
BEGUN = {
    "service": "Partiamo da quello che abbiamo scritto nella preselezione: tre mesi di prova, poi nove a regime."
}


def select(staff: dict[str, Person]) -> Call:
    """Both stages, as they stand today."""
    with days_ahead(-80):
        programme = announced()
    first, second = Call.objects.filter(programme=programme, kind="ordinary").order_by("opens_at")
    handed_in(first)
    checked(first, staff)
    blind.judged(first, staff["manager"])
    with days_ahead(-21, 10):
        advancing.let_go_on(first, by=staff["manager"])
    gone_on(second)
    answered(second, staff["manager"])
    amended(second, staff["manager"])
    with days_ahead(-1, 12):
        offered(first, staff["manager"])
    return second


def announced() -> Programme:
    """Milano Sei l'Altro with a call in two stages, both public from the first day."""
    data = yaml.safe_load((SHIPPED / f"{PROGRAMME}.yaml").read_text(encoding="utf-8"))
    today = clock.today("Europe/Rome") + dt.timedelta(days=80)
    data |= {"forms": told()["forms"], "calls": [stage(one, today) for one in told()["calls"]]}
    return blueprints.apply(written(data).encode(), by=None, demo=True).programme


def stage(one: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """A stage with its dates, its track and what both share."""
    instants = {
        name: f"{today + dt.timedelta(days=days)}T{'18' if 'close' in name else '09'}:00"
        for name, days in one["days"].items()
    }
    own = {name: value for name, value in one.items() if name not in ("days", "track")}
    return deepcopy({**told()["shared"], **own, **instants, "tracks": [told()["track"] | one["track"]]})


def handed_in(call: Call) -> None:
    """Ten organisations declare the aid that they have received, and hand in."""
    track = call.tracks.get()
    for number, one in enumerate(told()["entries"]):
        person = known(one["person"])
        organisation = Organisation.objects.get(name=one["org"])
        with days_ahead(-62 + number, 9 + number, 7 * number % 60):
            application = applications.start(track, by=person, organisation=organisation)
            answers = {name: one[name] for name in ("title", "need", "service")}
            answers["who"] = f"{one['org']}: lavoriamo insieme dal 2014, in quattro quartieri."
            applications.save(application, [Change(*answer) for answer in answers.items()], by=person)
            aid.declare_nothing(application, by=person)
            applications.submit(application, by=person, declared=True, noticed=True)


def checked(call: Call, staff: dict[str, Person]) -> None:
    """The secretary proposes, the manager confirms: nine are eligible, one is not and reads why."""
    excluded = told()["excluded"]
    with days_ahead(-48, 10):
        for application in Application.objects.filter(call=call, state=ApplicationState.SUBMITTED):
            if application.title == excluded["title"]:
                point = Check.objects.get(application=application, condition__key=excluded["point"])
                applications.settle(point, CheckOutcome.NOT_MET, by=staff["secretary"])
                applications.exclude(application, excluded["reason"], by=staff["secretary"])
            else:
                applications.admit(application, by=staff["secretary"])
    with days_ahead(-47, 15):
        for proposal in Proposal.objects.filter(application__call=call, state=ProposalState.WAITING):
            blind.let_go(checking.confirm(proposal, by=staff["manager"]), staff["manager"])


def gone_on(call: Call) -> None:
    """Of those who went on one has handed in, two write and sign, one has not begun."""
    drafts = list(Application.objects.filter(call=call).order_by("title").select_related("created_by"))
    for number, draft in enumerate(drafts[:-1]):
        with days_ahead(-9 + 2 * number, 11):
            wrote(draft, number)


def wrote(draft: Application, number: int) -> None:
    """The answers so far, an agreement confirmed with a click, and a budget that nobody has signed yet."""
    by = draft.created_by
    changes = [Change(name, value) for name, value in {**BEGUN, "hours": str(24 + 8 * number)}.items()]
    applications.save(draft, changes, by=by)
    uploads = [("agreement", pdf("accordo"))] + ([("budget", pdf("piano-economico"))] if number else [])
    applications.save_posted(draft, Posted(uploads=uploads), by=by)
    draft = Application.objects.get(pk=draft.pk)
    for need in signatures.needs(draft):
        if need.question == "agreement" and number != 1:
            (there,) = need.documents
            signing.click(
                draft, need.question, there.pk, sha256=there.sha256, name=str(by), entitled=True, by=by
            )


def pdf(name: str) -> SimpleUploadedFile:
    """A page that says what it is."""
    return SimpleUploadedFile(f"{name}.pdf", PDF, "application/pdf")


def answered(call: Call, by: Person) -> None:
    """Two questions with their public answers, each linked to its passage; one waits."""
    for one in told()["questions"]:
        asked, *later = one["days"]
        with days_ahead(asked, 16):
            question = asking.ask(call, text=one["text"], passage=one["passage"], by=known(one["person"]))
        for day in later:
            with days_ahead(day, 10):
                texts = {name: one[name] for name in ("wording", "answer")}
                asking.publish(question, texts, one["passage"], by=by)


def amended(call: Call, by: Person) -> None:
    """An amendment adds a place and its grant, an extension moves the closing and what comes after it."""
    for one in told()["notices"]:
        call = Call.objects.get(pk=call.pk)
        with days_ahead(one["days"], 12):
            values = more(one["services"]) if "services" in one else moved(call, one["later"])
            notices.publish(call, values, reasons=one["reason"], seen=noticed.stands(call), by=by)


def more(services: int) -> dict[str, int]:
    """As many places and grants."""
    return {"tracks-services-places": services, "awards-grant-quantity": services}


def moved(call: Call, days: int) -> dict[str, dt.datetime]:
    """The closing and the jury's window, so many days later."""
    names = ("closes_at", "scoring_opens_at", "scoring_closes_at")
    return {name: getattr(call, name) + dt.timedelta(days=days) for name in names}


def offered(call: Call, by: Person) -> None:
    """A letter in own words to those who did not go on, held until somebody has read it."""
    rows = Application.objects.filter(call=call, state=ApplicationState.ADMITTED, continued_by=None)
    letter = own_letters.choose(call, list(rows.values_list("pk", flat=True)), narrowed=True, back="", by=by)
    own_letters.keep(letter, told()["letter"], to_all=False, by=by)
    own_letters.prepare(letter, aware=True, by=by)
    own_letters.write(letter.pk)
