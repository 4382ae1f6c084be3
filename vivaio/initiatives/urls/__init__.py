"""The addresses of the room, a module for each of its parts."""

app_name = "initiatives"

urlpatterns: list = []
