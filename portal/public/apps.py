from django.apps import AppConfig
from django.core.checks import Error, register


class PublicConfig(AppConfig):
    name = "portal.public"
    label = "portal_public"

    def ready(self) -> None:
        register(catalogues_are_compiled)


def catalogues_are_compiled(**_: object) -> list[Error]:
    """A portal without them would answer in English whoever asked in Arabic."""
    from pathlib import Path

    from django.conf import settings

    sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po")]
    missing = sorted(path.parts[-3] for path in sources if not path.with_suffix(".mo").exists())
    if not missing:
        return []
    told = f"The words of the check page are not compiled: {', '.join(missing)}."
    return [Error(told, hint="Run scripts/catalogues; it needs gettext.", id="portal.E001")]
