"""What the clock does for the competence bank."""

from uuid import UUID

from django.db import OperationalError

from vivaio.experts.actions import bank as actions
from vivaio.experts.actions import lapsing, matching, requests
from vivaio.experts.engaging import jobs as engaging
from vivaio.experts.placing import jobs as placing
from vivaio.experts.queries import bank as queries
from vivaio.experts.queries import matching as proposed
from vivaio.experts.queries import requests as asked
from vivaio.kit import jobs
from vivaio.kit.rules import Refused

__all__ = ["engaging", "lapses", "placing", "proposals_due", "renewals", "requests_due", "work_out"]


@jobs.job("experts.work_out", priority=jobs.Priority.AWAITED)
def work_out(found: str) -> None:
    """Match every open request. What fails is told on the page; a database that goes away is asked again."""
    try:
        matching.work_out(UUID(found))
    except OperationalError:
        raise
    except Refused:
        matching.fail(UUID(found))
    except Exception:
        matching.fail(UUID(found))
        raise


@jobs.periodic("25 5 * * *", "experts.renewals")
def renewals(timestamp: int) -> None:
    """A month before a profile's year ends its expert is told; when it has ended they are no longer found."""
    for profile in queries.to_remind():
        actions.remind(profile)
    for profile in queries.to_expire():
        actions.expire(profile)


@jobs.periodic("30 5 * * *", "experts.requests_due")
def requests_due(timestamp: int) -> None:
    """Some days before an open request is needed, and once that day has passed, team and programme are told."""
    for row in (*asked.day_near(), *asked.past_day(asked.requests())):
        requests.remind(row.pk)


@jobs.periodic("40 5 * * *", "experts.proposals_due")
def proposals_due(timestamp: int) -> None:
    """Two days before their last day whoever has not answered a proposal is told."""
    for pk in proposed.near_their_day(lapsing.REMIND_BEFORE):
        lapsing.remind(pk)


@jobs.periodic("*/15 * * * *", "experts.proposal_lapses")
def lapses(timestamp: int) -> None:
    """What nobody has answered by its last day lapses, and the next best is proposed."""
    for pk in proposed.past_their_day():
        lapsing.lapse(pk)
