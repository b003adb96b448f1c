from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "verification.claims"
    label = "claims"
