from django.apps import AppConfig


class WordingConfig(AppConfig):
    name = "verification.wording"
    label = "wording"
