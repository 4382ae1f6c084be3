from django.urls import path

from vivaio.publishing.accessibility.views import anyone, staff

MANAGE = "accessibility/manage/"

urlpatterns = [
    path("accessibility/", anyone.statement, name="accessibility"),
    path("accessibility/report/", anyone.report, name="report_barrier"),
    path("accessibility/reports/<str:token>/", anyone.own_report, name="own_report"),
    path("accessibility/mine/", anyone.mine, name="my_reports"),
    path("accessibility/mine/<uuid:pk>/", anyone.my_report, name="my_report"),
    path(MANAGE, staff.reports, name="accessibility_reports"),
    path(f"{MANAGE}statement/", staff.statement, name="accessibility_statement"),
    path(f"{MANAGE}<uuid:pk>/", staff.report, name="accessibility_report"),
    path(f"{MANAGE}<uuid:pk>/take/", staff.take, name="accessibility_take"),
    path(f"{MANAGE}<uuid:pk>/remove/", staff.remove, name="accessibility_remove"),
]
