from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "portal.account"
    label = "portal_account"
