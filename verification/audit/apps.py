from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "verification.audit"
    label = "audit"
