"""The rules for reduction units of one release of a scheme, as plain values."""

from verification.units.rules.model import (
    ChannelRow,
    EligibilityRow,
    HostAgreementRow,
    LimitPolicy,
    ProgrammeRow,
    Switch,
    UnitRules,
    UnitTypeRow,
)

__all__ = [
    "ChannelRow",
    "EligibilityRow",
    "HostAgreementRow",
    "LimitPolicy",
    "ProgrammeRow",
    "Switch",
    "UnitRules",
    "UnitTypeRow",
]
