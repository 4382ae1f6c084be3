"""The addresses of the pages where the bank is worded."""

from django.urls import path

from vivaio.experts.views import fields as views

urlpatterns = [
    path("programmes/<slug:programme>/experts/fields/", views.index, name="fields"),
    path("programmes/<slug:programme>/experts/fields/add/", views.add_field, name="field_add"),
    path("experts/fields/<uuid:pk>/", views.field, name="field"),
    path("experts/fields/<uuid:pk>/competences/add/", views.add_competence, name="competence_add"),
    path("experts/fields/<uuid:pk>/<slug:act>/", views.act_on_field, name="act_on_field"),
    path("experts/competences/<uuid:pk>/", views.competence, name="competence"),
    path("experts/competences/<uuid:pk>/<slug:act>/", views.act_on_competence, name="act_on_competence"),
]
