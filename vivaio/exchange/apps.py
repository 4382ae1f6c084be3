from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "vivaio.exchange"
    label = "exchange"
