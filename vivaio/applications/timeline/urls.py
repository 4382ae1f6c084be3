from django.urls import path

from vivaio.applications.timeline import views

urlpatterns = [
    path("applications/<uuid:pk>/letters/<uuid:letter>/", views.letter, name="letter"),
]
