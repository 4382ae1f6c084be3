from django.urls import path

from vivaio.desk.home import views

urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/recent/", views.recent, name="recent"),
]
