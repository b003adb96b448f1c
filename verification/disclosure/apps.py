from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "verification.disclosure"
    label = "disclosure"
