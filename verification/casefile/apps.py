from django.apps import AppConfig


class CaseFileConfig(AppConfig):
    name = "verification.casefile"
    label = "casefile"
