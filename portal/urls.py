"""Addresses of the site; each audience keeps its own list."""

from django.urls import include, path

from portal import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("account/", include("portal.account.urls")),
    path("producer/", include("portal.producer.urls")),
    path("verifier/", include("portal.verifier.urls")),
    path("official/", include("portal.official.urls")),
    path("units/", include("portal.units.urls")),
    path("importer/", include("portal.importer.urls")),
    path("", include("portal.public.urls")),
]
