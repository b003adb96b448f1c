from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "verification.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Revocations reach importers from every process that revokes."""
        from verification.disclosure import occasions

        occasions.listen()
