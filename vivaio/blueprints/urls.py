from django.urls import path

from vivaio.blueprints import views

app_name = "blueprints"

urlpatterns = [
    path("", views.choose, name="choose"),
    path("apply/", views.apply, name="apply"),
    path("schema.json", views.schema, name="schema"),
    path("shipped/<slug:name>.yaml", views.shipped, name="shipped"),
    path("export/<slug:slug>.yaml", views.export, name="export"),
    path("kit/<slug:slug>/", views.kit, name="kit"),
    path("kit/<slug:slug>.zip", views.kit_file, name="kit_file"),
]
