from django.apps import AppConfig
from django.core.checks import Error, register


class CertificatesConfig(AppConfig):
    name = "verification.certificates"
    label = "certificates"

    def ready(self) -> None:
        register(sealing_key_is_there, deploy=False)


def sealing_key_is_there(**_: object) -> list[Error]:
    """A portal without its sealing key does not start: it could only issue unsealed papers."""
    from verification.certificates.keys import key_folder, missing_key_files

    missing = missing_key_files()
    if not missing:
        return []
    return [
        Error(
            f"The sealing key is not complete in {key_folder()}: {', '.join(missing)} missing.",
            hint="Run `manage.py make_keys`, or name the folder of your own key in PORTAL_SIGNING_KEY_DIR.",
            id="certificates.E001",
        )
    ]
