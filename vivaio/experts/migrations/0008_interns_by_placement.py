"""Interns of before hold the role with their placement, unless they took it by an invitation."""

from django.db import migrations


def with_placements(apps, schema_editor):
    """Whoever is a student of the programme has the role from there; who was invited said yes in the register."""
    students = apps.get_model("experts", "PlacementStudent").objects
    holdings = apps.get_model("programmes", "RoleHolding").objects.filter(role="intern")
    taken = apps.get_model("journal", "Record").objects.filter(verb="programmes.role_taken")
    by_hand = set(taken.filter(subject_id__in=holdings.values("pk")).values_list("subject_id", flat=True))
    came = set(students.values_list("round__programme", "person"))
    for held in holdings.exclude(pk__in=by_hand):
        if (held.programme_id, held.person_id) in came:
            held.comes_with = "placements"
            held.save(update_fields=["comes_with"])


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0007_retired_fields"),
        ("journal", "0001_initial"),
        ("programmes", "0013_role_comes_with"),
    ]

    operations = [migrations.RunPython(with_placements, migrations.RunPython.noop)]
