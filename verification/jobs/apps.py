from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "verification.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every room's ``tasks`` module registers its handlers, in the web process as in the worker."""
        autodiscover_modules("tasks")
