"""The addresses of the room, a module for each of its parts."""

from vivaio.experts.urls import bank, requests

app_name = "experts"

urlpatterns = [*requests.urlpatterns, *bank.urlpatterns]
