from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "vivaio.blueprints"
    label = "blueprints"
