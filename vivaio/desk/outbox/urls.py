from django.urls import path

from vivaio.desk.outbox import views

urlpatterns = [
    path("desk/<slug:slug>/letters/", views.outbox, name="outbox"),
    path("desk/<slug:slug>/letters/held/<uuid:batch>/", views.held, name="held"),
    path("desk/<slug:slug>/letters/held/<uuid:batch>/release/", views.release, name="release"),
    path("desk/<slug:slug>/letters/<uuid:pk>/", views.letter, name="letter"),
    path("desk/<slug:slug>/letters/<uuid:pk>/html/", views.letter_html, name="letter_html"),
    path("desk/<slug:slug>/letters/<uuid:pk>/release/", views.release_one, name="letter_release"),
    path("desk/<slug:slug>/letters/<uuid:pk>/cancel/", views.cancel, name="letter_cancel"),
    path("desk/<slug:slug>/letters/<uuid:pk>/retry/", views.retry, name="letter_retry"),
    path("desk/<slug:slug>/letters/<uuid:pk>/arrived/", views.arrived, name="letter_arrived"),
    path("desk/<slug:slug>/letters/<uuid:pk>/not-arrived/", views.not_arrived, name="letter_not_arrived"),
]
