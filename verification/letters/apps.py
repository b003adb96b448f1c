from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "verification.letters"
    label = "letters"

    def ready(self) -> None:
        """Transitions of claims ask for their letters in every process that moves claims."""
        from verification.claims.services.search import add_source
        from verification.letters import occasions
        from verification.letters.selectors import numbers_of_letters

        occasions.listen()
        add_source(numbers_of_letters)
