"""The people of the demonstration: one list for the command that makes them and the page that names them.

They exist only where the demonstration was set up. Their addresses end in a domain that no mail reaches.
"""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "demo.portal.example"
PASSWORD = "green-furnace-2027"  # noqa: S105 (printed on purpose, see above)


@dataclass(frozen=True)
class DemonstrationPerson:
    """``totp_secret`` is the base32 secret of the second factor, empty where none is needed."""

    key: str
    full_name: str
    does: str
    totp_secret: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    DemonstrationPerson("producer", "Ayşe Korkmaz", "Producer: files claims for Karaçam"),
    DemonstrationPerson(
        "verifier", "Emre Yıldırım", "Verifier: confirms sealed numbers", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    ),
    DemonstrationPerson(
        "reviewer", "Marta Lindqvist", "Official: reviews and recommends; steward", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    ),
    DemonstrationPerson(
        "approver", "Tomás Ferreira", "Official: decides and signs", "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"
    ),
    DemonstrationPerson(
        "lead", "Ingrid Solberg", "Official: head of team; reviews, also on appeal", "NB2W45DFOIZA2YLTORSXE5DJNZTXG5DI"
    ),
    DemonstrationPerson(
        "judge", "Jean-Luc Adeyemi", "Official: decides and signs, also on appeal", "ORSXG5DJNZTSA3DFMFSA2YLTORSXE5DJ"
    ),
    DemonstrationPerson("importer", "Jonas Weber", "Importer: looks up what goods will cost"),
)


def person(key: str) -> DemonstrationPerson:
    return next(somebody for somebody in PEOPLE if somebody.key == key)
