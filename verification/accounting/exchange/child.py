"""The child process of ``read_file``: one file in, one JSON object out."""

from __future__ import annotations

import json
import sys

from verification.accounting.exchange.files import read_file_here
from verification.accounting.exchange.reading import reading_as_record
from verification.accounting.template.guarded import rules_from_record
from verification.kernel.confined import OUT_OF_MEMORY_STATUS, confine


def main(arguments: list[str]) -> int:
    confine(arguments[0])
    location, request = arguments[1], json.loads(arguments[2])
    rules = rules_from_record(request["rules"])
    try:
        reading = read_file_here(location, request["name"], decimal_mark=request["mark"], rules=rules)
        json.dump(reading_as_record(reading), sys.stdout)
    except MemoryError:
        return OUT_OF_MEMORY_STATUS
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
