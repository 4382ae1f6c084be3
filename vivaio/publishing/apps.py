from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "vivaio.publishing"
    label = "publishing"
