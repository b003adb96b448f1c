from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "verification.letters"
    label = "letters"

    def ready(self) -> None:
        """Transitions of claims ask for their letters in every process that moves claims."""
        from verification.letters import occasions

        occasions.listen()
