from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "vivaio.programmes"
    label = "programmes"
