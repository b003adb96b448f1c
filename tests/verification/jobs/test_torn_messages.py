"""Half a message that a killed process left must not stop the workers that come after it."""

from __future__ import annotations

import pytest
from celery import current_app

from verification.jobs.tasks import drop_torn_messages

pytestmark = pytest.mark.unit


def test_half_a_message_is_dropped_and_whole_ones_stay(tmp_path, monkeypatch):
    monkeypatch.setitem(current_app.conf.broker_transport_options, "data_folder_in", str(tmp_path))
    (tmp_path / "1.celery.msg").write_text("")
    (tmp_path / "2.celery.msg").write_text('{"body": "abc')
    (tmp_path / "3.celery.msg").write_text('{"body": "abc"}')
    drop_torn_messages()
    assert [path.name for path in tmp_path.iterdir()] == ["3.celery.msg"]
