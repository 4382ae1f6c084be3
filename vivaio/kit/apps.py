from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "vivaio.kit"
    label = "kit"

    def ready(self):
        """Find every room's letters, answers to events and jobs, so that no room needs a `ready()`."""
        autodiscover_modules("letters", "reactions", "jobs")
