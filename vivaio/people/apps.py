from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vivaio.people"
    label = "people"
