from django.apps import AppConfig
from django.conf import settings

from verification.kernel import clock


class AuditConfig(AppConfig):
    name = "verification.audit"
    label = "audit"

    def ready(self) -> None:
        """Set the clock that every record is dated by, before anything is recorded."""
        starts_on = settings.DEMONSTRATION_DATE
        if starts_on is None:
            clock.demonstrate(None)
        else:
            anchored_on = settings.DEMONSTRATION_ANCHOR or clock.wall_now().date()
            clock.demonstrate(clock.Demonstration(starts_on, anchored_on))
