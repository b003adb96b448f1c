from django.apps import AppConfig
from django.core.checks import Error, Warning, register

from verification.audit.signing import use_signer


class SigningConfig(AppConfig):
    name = "verification.signing"
    label = "signing"

    def ready(self) -> None:
        from verification.signing.signers import signed_with_the_sealing_key

        register(sealing_key_is_there, deploy=False)
        register(somebody_else_tells_the_time, deploy=True)
        use_signer(signed_with_the_sealing_key)


def sealing_key_is_there(**_: object) -> list[Error]:
    """A portal without its keys does not start: it could only issue unsealed papers.

    The token itself is asked when something is sealed, so that pages go on while it is away.
    """
    import os

    from django.conf import settings

    from verification.signing.folder import key_folder, missing_key_files, uses_token

    try:
        missing = missing_key_files()
        if uses_token():
            wanted = {
                "PORTAL_PKCS11_MODULE": settings.PKCS11_MODULE,
                "PORTAL_PKCS11_TOKEN": settings.PKCS11_TOKEN,
                "PORTAL_PKCS11_PIN": os.environ.get("PORTAL_PKCS11_PIN"),
            }
            missing += [name for name, value in wanted.items() if not value]
    except ValueError as error:
        return [Error(str(error), id="signing.E002")]
    if not missing:
        return []
    return [
        Error(
            f"The sealing key is not complete in {key_folder()}: {', '.join(missing)} missing.",
            hint="Run `manage.py make_keys`, or name the folder of your own key in PORTAL_SIGNING_KEY_DIR.",
            id="signing.E001",
        )
    ]


def somebody_else_tells_the_time(**_: object) -> list[Warning]:
    """A time stamp of the portal’s own proves nothing to anybody else; it is there so that a demonstration is whole."""
    from verification.signing.folder import stamps_itself

    if not stamps_itself():
        return []
    return [
        Warning(
            "The portal stamps the time of its own seals.",
            hint="Name a time-stamping authority in PORTAL_TSA_URL and put its root into the folder `roots`.",
            id="signing.W001",
        )
    ]
