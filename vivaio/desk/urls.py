from django.urls import include, path

from vivaio.desk import views

app_name = "desk"

urlpatterns = [
    path("", include("vivaio.desk.showcase.urls")),
    path("desk/", views.home, name="home"),
    path("", include("vivaio.desk.register.urls")),
    path("", include("vivaio.desk.outbox.urls")),
]
