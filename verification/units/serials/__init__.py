"""Serial numbers of reduction units: what a person pastes, read and explained."""

from verification.units.serials.comparing import self_problems
from verification.units.serials.explaining import explain, vintage_in_words
from verification.units.serials.grammars import GRAMMARS, Grammar, grammars_of
from verification.units.serials.model import HIGHEST_NUMBER, Family, ParsedSerial, Serial, SerialProblem
from verification.units.serials.parsing import LONGEST_SERIAL, parse_line, parse_serial, parse_serials, with_overlaps
from verification.units.serials.record import as_record
from verification.units.serials.stated import quantity_from

__all__ = [
    "GRAMMARS",
    "HIGHEST_NUMBER",
    "LONGEST_SERIAL",
    "Family",
    "Grammar",
    "ParsedSerial",
    "Serial",
    "SerialProblem",
    "as_record",
    "explain",
    "grammars_of",
    "parse_line",
    "parse_serial",
    "parse_serials",
    "quantity_from",
    "self_problems",
    "vintage_in_words",
    "with_overlaps",
]
