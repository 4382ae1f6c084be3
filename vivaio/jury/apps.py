from django.apps import AppConfig


class JuryConfig(AppConfig):
    name = "vivaio.jury"
    label = "jury"
