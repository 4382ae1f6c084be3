from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("vivaio.desk.showcase.urls")),
    path("", include("vivaio.desk.home.urls")),
    path("", include("vivaio.desk.register.urls")),
    path("", include("vivaio.desk.outbox.urls")),
    path("", include("vivaio.desk.wording.urls")),
    path("", include("vivaio.desk.rehearsing.urls")),
]
