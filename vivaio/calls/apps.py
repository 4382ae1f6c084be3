from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "vivaio.calls"
    label = "calls"
