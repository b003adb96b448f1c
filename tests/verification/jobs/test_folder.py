"""A message in the broker's folder is whole or not there: workers stop on half a one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kombu import Connection, Queue
from kombu.exceptions import ChannelError

from verification.jobs import folder

pytestmark = pytest.mark.unit
QUEUE = Queue("work", routing_key="work")


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    folder.register_transport()
    folders = {name: str(tmp_path / "queue") for name in ("data_folder_in", "data_folder_out")}
    options = folders | {"control_folder": str(tmp_path / "control")}
    (tmp_path / "queue").mkdir()
    return Connection(f"{folder.SCHEME}://", transport_options=options)


def test_message_appears_under_its_name_only_when_it_is_whole(connection, tmp_path, monkeypatch):
    seen = []

    def looked_at(source, target):
        seen.append((sorted(path.suffix for path in (tmp_path / "queue").iterdir()), json.loads(source.read_text())))
        source.rename(target)

    monkeypatch.setattr(folder.os, "replace", looked_at)
    with connection.SimpleQueue(QUEUE) as queue:
        queue.put({"job": "7"})
        (others, message), *_ = seen
        assert (others, bool(message["body"])) == ([folder.BEING_WRITTEN], True)
        assert queue.get(timeout=1).payload == {"job": "7"}


def test_what_a_killed_writer_left_is_never_read(connection, tmp_path):
    (tmp_path / "queue" / f"1_x.work.msg{folder.BEING_WRITTEN}").write_text('{"body": "ab')
    with connection.SimpleQueue(QUEUE) as queue:
        queue.put({"job": "8"})
        assert queue.get(timeout=1).payload == {"job": "8"}
        with pytest.raises(queue.Empty):
            queue.get(block=False)


def test_folder_that_cannot_be_written_is_an_error(connection, tmp_path):
    with connection.SimpleQueue(QUEUE) as queue:
        (tmp_path / "queue").rmdir()
        with pytest.raises(ChannelError):
            queue.put({"job": "9"})
