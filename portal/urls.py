"""Addresses of the site; each audience keeps its own list."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("portal.account.urls")),
    path("", include("portal.public.urls")),
]
