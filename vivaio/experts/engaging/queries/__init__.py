"""Every read of engagements and sessions, and the hours that were given with what they are worth."""

from vivaio.experts.engaging.queries.given import (
    Hours,
    by_competence,
    by_expert,
    by_field,
    by_initiative,
    by_partner,
    hour_value,
    hours_of_programme,
    sessions_given,
)

__all__ = [
    "Hours",
    "by_competence",
    "by_expert",
    "by_field",
    "by_initiative",
    "by_partner",
    "hour_value",
    "hours_of_programme",
    "sessions_given",
]
