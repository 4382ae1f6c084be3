from django.urls import path

from vivaio.desk.register import views

urlpatterns = [
    path("desk/<slug:slug>/register/", views.register, name="register"),
    path("journal/heads/", views.heads, name="heads"),
    path("journal/heads.json", views.heads_file, name="heads_file"),
]
