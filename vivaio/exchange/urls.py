from django.urls import path

from vivaio.exchange import views

app_name = "exchange"

urlpatterns = [
    path("programmes/<slug:programme>/directory/", views.directory, name="directory"),
    path("programmes/<slug:programme>/directory/join/", views.join, name="join"),
    path("programmes/<slug:programme>/introductions/", views.followed, name="followed"),
    path("directory/<uuid:pk>/", views.entry, name="entry"),
    path("directory/<uuid:pk>/edit/", views.edit, name="edit"),
    path("directory/<uuid:pk>/take-out/", views.take_out, name="take_out"),
    path("directory/<uuid:pk>/put-back/", views.put_back, name="put_back"),
    path("directory/<uuid:pk>/ask/", views.ask, name="ask"),
    path("introductions/", views.mine, name="mine"),
    path("introductions/<uuid:pk>/", views.introduction, name="introduction"),
    path("introductions/<uuid:pk>/<slug:answer>/", views.answer, name="answer"),
]
