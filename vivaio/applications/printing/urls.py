from django.urls import path

from vivaio.applications.printing import views

urlpatterns = [
    path("applications/<uuid:pk>/eligibility/application.pdf", views.as_pdf, name="as_pdf"),
]
