from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "verification.accounts"
    label = "accounts"
