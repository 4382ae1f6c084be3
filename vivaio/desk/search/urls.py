from django.urls import path

from vivaio.desk.search import views

urlpatterns = [path("search/", views.search, name="search")]
