from django.urls import path

from vivaio.questionnaires import views

app_name = "questionnaires"

urlpatterns = [
    path("", views.index, name="forms"),
    path("<uuid:pk>/", views.detail, name="form"),
    path("version/<uuid:pk>/<int:number>/", views.preview, name="preview"),
    path("version/<uuid:pk>/workbook.xlsx", views.download, name="download"),
]
