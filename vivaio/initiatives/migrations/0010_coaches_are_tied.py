"""Coaches that were assigned before ties were written for them: juries look them up from now on too."""

from typing import Any

from django.db import migrations


def tie(apps: Any, schema_editor: Any) -> None:
    """As `analysing.actions.tie` does; the jury searches again when it next gives out, decides or publishes."""
    coaches = apps.get_model("initiatives", "Coach").objects.select_related("initiative")
    members, relations = apps.get_model("initiatives", "TeamMember"), apps.get_model("people", "Relation")
    for coach in coaches:
        house = coach.initiative.organisation_id
        ends = [{"organisation_id": house}] if house else [
            {"other_person_id": leader}
            for leader in members.objects.filter(initiative=coach.initiative, part="leader")
            .exclude(person=coach.person_id)
            .values_list("person", flat=True)
        ]  # fmt: skip
        for end in ends:
            (target,) = end.values()
            relations.objects.get_or_create(
                origin=f"coach:{coach.pk}:{target.hex}",
                defaults={
                    **end,
                    "person_id": coach.person_id,
                    "kind": "mentoring",
                    "source": "found",
                    "since": coach.created_at.date(),
                },
            )


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0009_words_of_needs"), ("people", "0007_found_by_the_finder")]

    operations = [migrations.RunPython(tie, migrations.RunPython.noop)]
