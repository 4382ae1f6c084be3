from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "vivaio.initiatives"
    label = "initiatives"
