from django.urls import path

from vivaio.api.webhooks import views

OF = "programmes/<slug:slug>/webhooks/"

urlpatterns = [
    path(OF, views.webhooks, name="webhooks"),
    path(f"{OF}<uuid:pk>/", views.webhook, name="webhook"),
    path(f"{OF}<uuid:pk>/switch/", views.switch, name="webhook_switch"),
    path(f"{OF}<uuid:pk>/remove/", views.remove, name="webhook_remove"),
    path(f"{OF}<uuid:pk>/deliveries/<uuid:delivery>/again/", views.send_again, name="webhook_again"),
]
