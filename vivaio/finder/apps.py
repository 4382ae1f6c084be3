from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "vivaio.finder"
    label = "finder"
