"""What is on line keeps the title it has now, like its words."""

from django.db import migrations


def keep_title(apps, schema_editor):
    stories = apps.get_model("initiatives", "Story").objects.exclude(shown=None)
    for story in stories.select_related("initiative").iterator():
        if "title" not in story.shown:
            story.shown = {**story.shown, "title": story.initiative.title}
            story.save(update_fields=["shown"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0007_contacts_through_practices")]
    operations = [migrations.RunPython(keep_title, migrations.RunPython.noop)]
