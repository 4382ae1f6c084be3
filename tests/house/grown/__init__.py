"""What stands in the small world after the ranking, a module for each part, in the order in which they build."""

from tests.house.grown import (
    accompanying,
    analysing,
    contesting,
    experts,
    funding,
    initiatives,
    placing,
    practices,
    results,
)

PARTS = (initiatives, analysing, accompanying, contesting, experts, funding, practices, placing, results)
