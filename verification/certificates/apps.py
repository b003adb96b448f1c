from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "verification.certificates"
    label = "certificates"

    def ready(self) -> None:
        from verification.certificates.selectors import numbers_of_certificates
        from verification.claims.services.search import add_source

        add_source(numbers_of_certificates)
