"""The child process of ``read_template_guarded``: one file in, one JSON object out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from verification.accounting.template.guarded import reading_as_record, rules_from_record
from verification.accounting.template.reader import read_template
from verification.kernel.confined import OUT_OF_MEMORY_STATUS, confine


def main(arguments: list[str]) -> int:
    confine(arguments[0])
    rules = rules_from_record(json.loads(arguments[2]))
    try:
        record = reading_as_record(read_template(Path(arguments[1]), rules=rules))
    except MemoryError:
        return OUT_OF_MEMORY_STATUS
    json.dump(record, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
