from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "vivaio.bulk"
    label = "bulk"
