from django.urls import path

from vivaio.desk.showcase import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
]
