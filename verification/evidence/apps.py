from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "verification.evidence"
    label = "evidence"
