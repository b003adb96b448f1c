"""Pages of importers."""

from django.urls import path

from portal.importer import reports, views

app_name = "importer"

urlpatterns = [
    path("", views.lookup, name="lookup"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path("reports/<uuid:pk>/<slug:form>/", reports.report_download, name="report_download"),
]
