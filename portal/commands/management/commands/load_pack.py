"""Load a scheme pack, and publish it where two officials are named."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.audit.actors import Actor
from verification.kernel.errors import DomainError, InvalidInput
from verification.reference.services import LoadedPack, load_pack


class Command(PortalCommand):
    help = "Validate the scheme pack in a folder and keep it as a release."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("path", type=Path, help="folder of the pack")
        parser.add_argument("--publish", nargs=2, metavar="OFFICIAL", help="two different officials who publish it")

    def handle(self, *, path: Path, publish: list[str] | None, as_json: bool, **options: Any) -> None:
        officials = (publish[0], publish[1]) if publish else None
        try:
            loaded = load_pack(path, actor=Actor.system("command line"), publish_with=officials)
        except NotADirectoryError as error:
            self.refuse(str(error), code=CALLED_WRONGLY)
        except InvalidInput as error:
            if as_json:
                problems = [problem.as_dict() for problem in error.problems]
                self.stdout.write(json.dumps({"loaded": False, "problems": problems}, ensure_ascii=False, indent=2))
            self.refuse(str(error), error.problems)
        except DomainError as error:
            self.refuse(str(error))
        self.say(_record(loaded), as_json=as_json, in_words=_words(loaded))


def _record(loaded: LoadedPack) -> dict[str, Any]:
    release = loaded.release
    return {
        "loaded": True,
        "scheme": release.scheme.code,
        "release": release.number,
        "content_sha256": release.content_sha256,
        "is_new": loaded.is_new,
        "status": "published" if release.is_published else "draft",
        "published_at": release.published_at.isoformat() if release.published_at else None,
        "rows": {name: str(count) for name, count in loaded.row_counts.items()},
        "problems": [],
    }


def _words(loaded: LoadedPack) -> list[str]:
    record = _record(loaded)
    state = "new" if loaded.is_new else "already there"
    rows = [f"  {name}: {count} rows" for name, count in record["rows"].items()]
    return [f"{record['scheme']} release {record['release']}, {record['status']}, {state}", *rows]
