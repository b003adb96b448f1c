from django.apps import AppConfig
from django.core.checks import Error, register

from verification.audit.signing import Signed, sign_with, use_signer


class CertificatesConfig(AppConfig):
    name = "verification.certificates"
    label = "certificates"

    def ready(self) -> None:
        from verification.certificates.selectors import numbers_of_certificates
        from verification.claims.services.search import add_source

        register(sealing_key_is_there, deploy=False)
        add_source(numbers_of_certificates)
        use_signer(signed_with_the_sealing_key)


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


def signed_with_the_sealing_key(content: bytes) -> Signed:
    """A detached signature. Raises ``FileNotFoundError`` when the key is missing."""
    from verification.certificates.keys import SEAL_CERTIFICATE, SEAL_KEY, key_folder

    return sign_with((key_folder() / SEAL_KEY).read_bytes(), (key_folder() / SEAL_CERTIFICATE).read_bytes(), content)
