from django.apps import AppConfig


class VerifierConfig(AppConfig):
    name = "portal.verifier"
    label = "portal_verifier"
