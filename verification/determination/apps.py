from django.apps import AppConfig


class DeterminationConfig(AppConfig):
    name = "verification.determination"
    label = "determination"
