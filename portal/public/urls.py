"""Pages that need no account."""

from django.urls import path

from portal.public import views

app_name = "public"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
