from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "vivaio.questionnaires"
    label = "questionnaires"
