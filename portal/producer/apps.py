from django.apps import AppConfig


class ProducerConfig(AppConfig):
    name = "portal.producer"
    label = "portal_producer"
