from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "verification.claims"
    label = "claims"

    def ready(self) -> None:
        """Every step of a claim asks for its entry in the search, in every process that moves claims."""
        from verification.claims import after
        from verification.claims.services.search import EVERY_STEP, after_step

        for transition in EVERY_STEP:
            after.register(transition, after_step)
