from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "verification.ledger"
    label = "ledger"
