"""Pages of importers."""

from django.urls import path

from portal.importer import views

app_name = "importer"

urlpatterns = [path("", views.lookup, name="lookup")]
