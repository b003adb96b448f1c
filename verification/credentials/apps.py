from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "verification.credentials"
    label = "credentials"
