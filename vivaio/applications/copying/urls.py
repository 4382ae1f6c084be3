from django.urls import path

from vivaio.applications.copying import views

urlpatterns = [
    path("applications/<uuid:pk>/copy/", views.choose, name="copy"),
    path("applications/<uuid:pk>/copy/<uuid:source>/", views.copy_from, name="copy_from"),
]
