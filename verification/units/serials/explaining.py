"""A serial in words, shown while a person types."""

from __future__ import annotations

from datetime import date

from verification.units.serials.model import Family, Serial

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def explain(serial: Serial, *, country_name: str = "") -> str:
    """For example “Verra project 4150, RW, vintage 1 Oct 2024 to 31 Dec 2024, 3,644 t”.

    A country stays a code unless its name is given: names are reference data, which this room does not read.
    """
    country = f"{country_name} ({serial.country})" if country_name and serial.country else serial.country
    said = [_subject(serial), country, vintage_in_words(serial), _quantity(serial)]
    return ", ".join(each for each in said if each)


def vintage_in_words(serial: Serial) -> str:
    """“vintage 2024” for a whole calendar year, else both days; empty where the serial holds none."""
    first, last = serial.vintage_from, serial.vintage_to
    if first is None or last is None:
        return ""
    return f"vintage {first.year}" if is_whole_year(first, last) else f"vintage {_day(first)} to {_day(last)}"


def is_whole_year(first: date, last: date) -> bool:
    """Both days are the ends of one calendar year."""
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _subject(serial: Serial) -> str:
    project = f"project {serial.project}" if serial.project else ""
    if serial.family in (Family.KYOTO, Family.ITMO):
        approach = f"cooperative approach {serial.parts['approach']}" if serial.family is Family.ITMO else ""
        return " ".join(each for each in (serial.registry, serial.unit_type, approach, project) if each)
    if not project:
        return f"{serial.registry} {serial.normalised}"
    return f"{serial.registry} {project}"


def _quantity(serial: Serial) -> str:
    return f"{serial.quantity:,} t" if serial.quantity is not None else ""


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
