from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "vivaio.applications"
    label = "applications"
