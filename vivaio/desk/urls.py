from django.urls import path

from vivaio.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("desk/", views.home, name="home"),
]
