from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "vivaio.funding"
    label = "funding"
