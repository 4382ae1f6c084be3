from django.urls import path

from vivaio.desk.showcase import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("programmes/<slug:slug>/model.yaml", views.model, name="model"),
]
