from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "vivaio.experts"
    label = "experts"
