"""The addresses of the room, a module for each of its parts."""

from vivaio.experts.urls import bank

app_name = "experts"

urlpatterns = [*bank.urlpatterns]
