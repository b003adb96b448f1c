"""Who acts. Services take an actor, ask policy, and write it into the event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Actor:
    """A person, a token or the system, with what it may act for at this moment.

    ``second_factor_at`` is the wall-clock instant (UTC) at which the person last proved a second
    factor in this session; ``None`` where never.
    """

    kind: str
    id: str
    label: str
    roles: frozenset[str] = field(default_factory=frozenset)
    organisation_ids: frozenset[str] = field(default_factory=frozenset)
    second_factor_at: datetime | None = None

    @classmethod
    def system(cls, label: str = "system") -> Actor:
        return cls(kind="system", id="", label=label)

    @classmethod
    def anonymous(cls) -> Actor:
        return cls(kind="anonymous", id="", label="anonymous")

    @property
    def is_official(self) -> bool:
        return bool(self.roles & {"reviewer", "approver", "steward", "lead"})

    def has_role(self, role: str) -> bool:
        return role in self.roles

    def belongs_to(self, organisation_id: object) -> bool:
        return str(organisation_id) in self.organisation_ids
