from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vivaio.desk"
    label = "desk"
