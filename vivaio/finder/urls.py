from django.urls import path

from vivaio.finder import views

app_name = "finder"

urlpatterns = [path("search/", views.search, name="search")]
