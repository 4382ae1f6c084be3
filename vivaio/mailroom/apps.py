from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "vivaio.mailroom"
    label = "mailroom"
