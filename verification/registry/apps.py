from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "verification.registry"
    label = "registry"
