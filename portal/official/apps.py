from django.apps import AppConfig


class OfficialConfig(AppConfig):
    name = "portal.official"
    label = "portal_official"
