from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "vivaio.kit"
    label = "kit"

    def ready(self):
        """Find what rooms declare (verbs, letters, menus, tabs of initiatives and so on): no room needs a `ready()`."""
        autodiscover_modules(
            "verbs", "letters", "reactions", "jobs", "menus", "guidance", "bulk_acts", "tabs"
        )
        autodiscover_modules("findable", "needs_cover")
