"""Unit claims in the shapes of others: Climate Action Data Trust, Carbon Data Open Protocol, agreed electronic format.

Nothing is invented. What the claim does not say is left out of JSON and stays empty in a table; each module lists
what that is. Serial numbers and quantities are kept as they are in the claim.
"""

from verification.units.exports.agreed_format import actions_csv, holdings_csv
from verification.units.exports.cad_trust import cad_trust_units
from verification.units.exports.cdop import cdop_credits
from verification.units.exports.model import ExportBlock, ExportLetter, blocks_of

__all__ = [
    "ExportBlock",
    "ExportLetter",
    "actions_csv",
    "blocks_of",
    "cad_trust_units",
    "cdop_credits",
    "holdings_csv",
]
