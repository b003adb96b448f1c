from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "verification.reference"
    label = "reference"
