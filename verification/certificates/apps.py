from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "verification.certificates"
    label = "certificates"
