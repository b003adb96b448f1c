"""The folder of keys and certificates: what lies in it, what is missing, and changing it in one step.

The folder is named by the deployment. A change is laid ready in a folder beside it, put in force by one
renaming, and carried on by the next call where the process died in between.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

ROOT_CERTIFICATE = "root.pem"
ROOT_KEY = "root-key.pem"
ROOT_REVOCATIONS = "root.crl"
SEAL_CERTIFICATE = "seal.pem"
SEAL_KEY = "seal-key.pem"
STAMP_CERTIFICATE = "tsa.pem"
STAMP_KEY = "tsa-key.pem"
ISSUER_KEY = "issuer-key.pem"
ISSUER_PUBLIC_KEY = "issuer.pem"
OTHER_ROOTS = "roots"
"""Folder of further roots that are trusted: earlier ones of this portal, and that of a time-stamping authority."""
RETIRED = "retired"
"""Folder of sealing certificates and public keys of the issuer that were replaced."""
_READY, _IN_THE_MAKING = "ready", "making"


def key_folder() -> Path:
    return Path(settings.SIGNING_KEY_DIR)


def is_there(name: str) -> bool:
    return (key_folder() / name).is_file()


def read(name: str) -> bytes:
    """Raises ``FileNotFoundError``."""
    return (key_folder() / name).read_bytes()


def uses_token() -> bool:
    """Whether the private keys lie in a PKCS#11 token. Raises ``ValueError`` for a kind that is not known."""
    if settings.SIGNER not in ("file", "pkcs11"):
        raise ValueError(f"PORTAL_SIGNER is {settings.SIGNER!r}; it may be 'file' or 'pkcs11'.")
    return settings.SIGNER == "pkcs11"


def stamps_itself() -> bool:
    """Whether the time-stamping authority of the set-up stands in for a real one."""
    return not settings.TSA_URL


def needed_files() -> list[str]:
    """What has to be there before anything is sealed; it depends on where keys lie and who stamps."""
    names = [ROOT_CERTIFICATE, SEAL_CERTIFICATE, ISSUER_PUBLIC_KEY]
    if not uses_token():
        names += [SEAL_KEY, ISSUER_KEY]
    if stamps_itself():
        names += [STAMP_CERTIFICATE, STAMP_KEY]
    return names


def missing_key_files() -> list[str]:
    """Names of the files that a seal needs and that are not there."""
    return [name for name in needed_files() if not is_there(name)]


@contextmanager
def changing_keys() -> Iterator[None]:
    """One process at a time; what an earlier one left half done is finished first."""
    key_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (key_folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _finish()
        yield


def put(files: Mapping[str, bytes]) -> None:
    """Write all of the files or none; only inside ``changing_keys``."""
    making, ready = key_folder() / _IN_THE_MAKING, key_folder() / _READY
    shutil.rmtree(making, ignore_errors=True)
    for name, content in files.items():
        path = making / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(content)
        _flush(path)
    making.rename(ready)
    _flush(key_folder())
    _finish()


def _finish() -> None:
    ready = key_folder() / _READY
    if not ready.is_dir():
        return
    for path in sorted(path for path in ready.rglob("*") if path.is_file()):
        target = key_folder() / path.relative_to(ready)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(target)
    shutil.rmtree(ready)
    _flush(key_folder())


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
