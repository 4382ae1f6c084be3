"""An initiative is born: from an application whose place was accepted, or founded by hand."""

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.initiatives import events, letters
from vivaio.initiatives.actions import teaming
from vivaio.initiatives.models import Initiative, Passage, TeamMember
from vivaio.initiatives.queries import birth as queries
from vivaio.initiatives.rules import birth as rules
from vivaio.initiatives.states import Origin, TeamPart
from vivaio.journal import actions as journal
from vivaio.kit.rules import require
from vivaio.people.models import Organisation, Person
from vivaio.people.states import Sector
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme

# Questions of forms that say what an initiative keeps, by the names that forms give them.
IN_SHORT = ("summary", "in_short", "abstract", "sintesi", "in_breve")
SECTORS = ("sector", "sectors", "settore", "settori")
LONGEST_TITLE, LONGEST_SUMMARY = 200, 600


@transaction.atomic
def bear(application: Application, *, by: Person | None = None) -> Initiative:
    """The application becomes an initiative, with who wrote it as its team. Done once, however often it is asked."""
    application = applications.locked(application.pk)
    programme = programmes.locked(application.call.programme_id)
    known = queries.born_of(application.pk)
    if known is not None:
        return known
    require(rules.bear, application, by)
    said = answers_of(application)
    organisation = application.organisation
    initiative = Initiative.objects.create(
        programme=programme,
        application=application,
        organisation=organisation,
        title=str(application)[:LONGEST_TITLE],
        slug=free_slug(programme, str(application)),
        summary=summary_in(said),
        sectors=sectors_in(said) or (list(organisation.sectors) if organisation else []),
        territory=organisation.municipality if organisation else "",
        track_title=application.track.title,
        origin=Origin.APPLICATION,
        language=applications.language_of(application),
    )
    form_team(initiative, application)
    arrived(initiative, by)
    journal.record("initiatives.born", initiative, by=by, programme=programme.pk)
    events.born.send(Initiative, initiative=initiative)
    letters.born.enqueue(initiative)
    return initiative


@transaction.atomic
def bear_all(programme: Programme, *, by: Person) -> list[Initiative]:
    """Every application of the programme whose place was accepted becomes an initiative, if it has not yet."""
    require(rules.bear_all, programme, by)
    return [bear(application, by=by) for application in queries.to_be_born(programme)]


@transaction.atomic
def found(
    programme: Programme,
    *,
    title: str,
    organisation: Organisation | None,
    email: str,
    goals: str = "",
    language: str = "",
    origin: str = Origin.HAND,
    origin_told: str = "",
    by: Person,
) -> Initiative:
    """Found an initiative by hand, or what came out of a lab; whoever is to lead it is invited by letter.

    `language` is the team's, by default the programme's first; the letter speaks it if letters are written in it.
    """
    programme = programmes.locked(programme.pk)
    require(rules.found, programme, organisation, by)
    require(rules.from_where, origin, origin_told)
    initiative = Initiative.objects.create(
        programme=programme,
        organisation=organisation,
        title=title,
        slug=free_slug(programme, title),
        sectors=list(organisation.sectors) if organisation else [],
        territory=organisation.municipality if organisation else "",
        goals=goals,
        language=language or (programme.languages or ["it"])[0],
        origin=origin,
        origin_told=origin_told.strip(),
    )
    arrived(initiative, by)
    journal.record("initiatives.founded", initiative, by=by, programme=programme.pk)
    events.born.send(Initiative, initiative=initiative)
    spoken = language if language in dict(settings.LANGUAGES) else ""
    teaming.invite(initiative, email=email, part=TeamPart.LEADER, language=spoken, by=by)
    return initiative


def form_team(initiative: Initiative, application: Application) -> None:
    """Who worked on the application is the team; who began it leads, or the first of the others."""
    people = list(applications.team_of(application))
    leader = next((one for one in people if one.pk == application.created_by_id), None)
    leader = leader or (people[0] if people else None)
    for person in people:
        part = TeamPart.LEADER if person == leader else TeamPart.MEMBER
        TeamMember.objects.create(initiative=initiative, person=person, part=part)


def arrived(initiative: Initiative, by: Person | None) -> None:
    """The first line of its history."""
    Passage.objects.create(initiative=initiative, to=initiative.state, by=by)


def free_slug(programme: Programme, title: str) -> str:
    """An address made from the title that no other initiative of the programme has; the programme is locked."""
    stem = slugify(title)[:70].strip("-") or "initiative"
    taken = queries.slugs_like(programme, stem)
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def answers_of(application: Application) -> dict[str, Any]:
    """The answers that count, as they were frozen."""
    if not application.frozen:
        return {}
    answers: dict[str, Any] = json.loads(bytes(application.frozen)).get("answers", {})
    return answers


def summary_in(answers: dict[str, Any]) -> str:
    """What the form calls the idea in short, if it asks for it."""
    said = next((answers[name] for name in IN_SHORT if answers.get(name)), "")
    return str(said)[:LONGEST_SUMMARY]


def sectors_in(answers: dict[str, Any]) -> list[str]:
    """The sectors that were chosen, those that the installation knows."""
    said: Any = next((answers[name] for name in SECTORS if answers.get(name)), [])
    chosen = said if isinstance(said, list) else str(said).split()
    return [one for one in chosen if one in Sector.values]
