"""Practices accepted when only the texts were kept hold all that was handed in: links, place, sectors, contact.

Without it they would count as edited for ever, though nobody changed a word. What was handed in is read again from the
application's frozen answers; a practice whose application is gone, or was emptied, stays as it is.
"""

import json
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import migrations

SECTORS = (
    "community_services", "consumer_cooperatives", "housing", "culture", "sustainable_tourism",
    "health_and_care", "urban_flows", "mobility", "times_of_the_city", "childcare", "education", "employment",
    "technology", "environment", "finance", "other",
)  # fmt: skip
MOST_LINKS = 10
is_address = URLValidator(schemes=["http", "https"])


def links_of(text):
    found = []
    for line in str(text or "").split():
        address = line if "://" in line else f"https://{line}"
        try:
            is_address(address)
        except ValidationError:
            continue
        if urlsplit(address).hostname and len(address) <= 500:
            found.append(address)
    return list(dict.fromkeys(found))[:MOST_LINKS]


def plain_of(answers):
    said = answers.get("sectors") or []
    chosen = [str(one) for one in said] if isinstance(said, list) else str(said).split()
    return {
        "links": links_of(answers.get("links", "")),
        "place": str(answers.get("place") or "")[:200],
        "sectors": [one for one in chosen if one in SECTORS],
        "contact": str(answers.get("contact") or "")[:200],
        "contact_public": answers.get("contact_public") == "yes",
    }


def keep_all(apps, schema_editor):
    rows = apps.get_model("publishing", "Practice").objects.exclude(application__frozen=None)
    rows = rows.filter(application__emptied_at=None)
    for practice in rows.select_related("application").iterator():
        if "links" in practice.written:
            continue
        answers = json.loads(bytes(practice.application.frozen))["answers"]
        practice.written = {**plain_of(answers), **practice.written}
        practice.save(update_fields=["written"])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_results"), ("applications", "0015_found_by_the_finder")]
    operations = [migrations.RunPython(keep_all, migrations.RunPython.noop)]
