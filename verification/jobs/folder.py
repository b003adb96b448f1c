"""The broker that is a folder, for one machine: messages that are either whole or not there at all.

Celery's transport opens the file under its final name and writes into it. A worker that takes the file in between,
or after the writer was killed, reads half a message and stops.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "portalfolder"
BEING_WRITTEN = ".part"


class Channel(filesystem.Channel):
    """Writes under a name that no reader looks for, then renames."""

    def _put(self, queue: str, message: Any, **_: Any) -> None:  # type: ignore[override]  # the library declares it twice, differently
        path = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        beside = path.with_name(path.name + BEING_WRITTEN)
        try:
            beside.write_text(dumps(message), encoding="utf-8")
            os.replace(beside, path)
        except OSError as error:
            raise ChannelError(f"The message cannot be put into {path.parent}.") from error


class Transport(filesystem.Transport):
    Channel = Channel


def register_transport() -> None:
    """Makes ``portalfolder://`` known as the address of a broker."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
