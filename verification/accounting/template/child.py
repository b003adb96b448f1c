"""The child process of ``read_template_guarded``: one file in, one JSON object out."""

from __future__ import annotations

import json
import resource
import sys
from datetime import date
from pathlib import Path

from verification.accounting.record import from_record
from verification.accounting.template.guarded import OUT_OF_MEMORY_STATUS, reading_as_record
from verification.accounting.template.reader import read_template
from verification.accounting.template.reading import PeriodRule, TemplateRules


def main(arguments: list[str]) -> int:
    location, request = Path(arguments[0]), json.loads(arguments[1])
    resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    stated = request["rules"]
    rules = TemplateRules(
        today=date.fromisoformat(stated["today"]),
        known_goods=None if stated["known_goods"] is None else frozenset(stated["known_goods"]),
        period=None if stated["period"] is None else from_record(PeriodRule, stated["period"]),
    )
    try:
        record = reading_as_record(read_template(location, rules=rules))
    except MemoryError:
        return OUT_OF_MEMORY_STATUS
    json.dump(record, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
