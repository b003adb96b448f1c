from django.apps import AppConfig


class ImporterConfig(AppConfig):
    name = "portal.importer"
    label = "portal_importer"
