from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "verification.statistics"
    label = "statistics"
