from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "vivaio.journal"
    label = "journal"
