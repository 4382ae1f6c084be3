from django.urls import path

from vivaio.questionnaires import views
from vivaio.questionnaires.editor.urls import urlpatterns as editor

app_name = "questionnaires"

urlpatterns = [
    path("", views.index, name="forms"),
    path("<uuid:pk>/", views.detail, name="form"),
    path("version/<uuid:pk>/<int:number>/", views.preview, name="preview"),
    path("version/<uuid:pk>/workbook.xlsx", views.download, name="download"),
    *editor,
]
