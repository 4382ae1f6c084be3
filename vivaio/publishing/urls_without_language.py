"""Addresses that machines look for at the root, without a language in front."""

from django.urls import path

from vivaio.publishing.views import feeds

urlpatterns = [
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
]
