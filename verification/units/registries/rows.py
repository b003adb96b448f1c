"""One row of an export as a record, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from verification.kernel.errors import Problem
from verification.units.registries.catalogue import letters, problem
from verification.units.registries.layouts import Field, Layout, plain_header
from verification.units.registries.model import RecordKind, RegistryRecord
from verification.units.registries.table import Row, Table
from verification.units.registries.values import (
    Moment,
    article_6_purposes,
    corsia_phases,
    labels_from,
    moment_from,
    version_in,
    year_from,
)
from verification.units.serials import ParsedSerial, SerialProblem, parse_serial, quantity_from, self_problems
from verification.units.uses import use_of

Value = TypeVar("Value")
_FIELD_OF_PROBLEM = {
    "quantity": Field.QUANTITY,
    "project": Field.PROJECT,
    "country": Field.COUNTRY,
}


class RowReader:
    """Reads the rows of one table; ``problems`` grow with each row."""

    def __init__(self, table: Table, file: str) -> None:
        self.layout: Layout = table.layout
        self.file = file
        self.header = table.header
        self.problems: list[Problem] = []
        meanings = {plain_header(each): field for each, field in table.layout.columns.items()}
        self.places = {
            meanings[plain]: place for place, plain in enumerate(map(plain_header, table.header)) if plain in meanings
        }

    @property
    def columns(self) -> dict[str, str]:
        """Each header and what it means here; empty for columns that are not read."""
        meanings = {self.header[place]: field.value for field, place in self.places.items()}
        return {header: meanings.get(header, "") for header in self.header}

    def read(self, row: Row) -> RegistryRecord:
        """The record of a row; what could not be read is empty in it and stands in ``problems``."""

        def text(field: Field) -> str:
            return self._text(row, field)

        layout, noted = self.layout, len(self.problems)
        event = self._value(row, Field.EVENT, "UNX-009", lambda each: moment_from(each, layout)) or Moment()
        issued = self._value(row, Field.ISSUED, "UNX-009", lambda each: moment_from(each, layout)) or Moment()
        year = self._value(row, Field.VINTAGE_YEAR, "UNX-009", year_from) or (None, None)
        first = self._value(row, Field.VINTAGE_FROM, "UNX-009", lambda each: moment_from(each, layout)) or Moment()
        last = self._value(row, Field.VINTAGE_TO, "UNX-009", lambda each: moment_from(each, layout)) or Moment()
        quantity = self._quantity(row)
        kind = self._kind(row, event)
        happened = issued if kind is RecordKind.ISSUANCE else event
        labels = labels_from(text(Field.LABELS), layout.label_separator)
        purposes = article_6_purposes(labels)
        record = RegistryRecord(
            line=row.number,
            registry=layout.registry,
            kind=kind,
            parsed=self._serial(row, quantity),
            stated_quantity=quantity,
            event_at=happened.at,
            event_on=happened.on,
            timezone=layout.timezone if happened.at else "",
            issued_on=issued.on,
            reason=text(Field.REASON),
            purpose=text(Field.PURPOSE),
            beneficiary=text(Field.BENEFICIARY),
            taxpayer=text(Field.TAXPAYER),
            aeroplane_operator=text(Field.AEROPLANE_OPERATOR),
            account_holder=text(Field.ACCOUNT_HOLDER),
            project_id=text(Field.PROJECT).removesuffix(".0"),
            project_name=text(Field.PROJECT_NAME),
            host_country=text(Field.COUNTRY),
            methodology=text(Field.METHODOLOGY),
            methodology_version=text(Field.METHODOLOGY_VERSION) or version_in(text(Field.METHODOLOGY)),
            vintage_from=first.on or year[0],
            vintage_to=last.on or year[1],
            labels=labels,
            corsia=corsia_phases(labels, text(Field.CORSIA_PILOT), text(Field.CORSIA_FIRST)),
            article6=purposes,
            article6_text=text(Field.ARTICLE_6) or "; ".join(each for each in labels if "Article 6" in each),
            corresponding_adjustment=text(Field.ADJUSTMENT),
            use=None,
        )
        record = self._compared(row, record, year if Field.VINTAGE_YEAR in self.places else None)
        record = replace(self._with_use(record), problems=tuple(self.problems[noted:]))
        self.problems += [self._told(row, each) for each in record.parsed.problems]
        return record

    def _with_use(self, record: RegistryRecord) -> RegistryRecord:
        if record.kind is RecordKind.ISSUANCE:
            return record
        flown = f"Aeroplane operator: {record.aeroplane_operator}" if record.aeroplane_operator else ""
        purpose = "; ".join(each for each in (record.purpose, flown) if each)
        return replace(record, use=use_of(record.reason, purpose, record.beneficiary))

    def _serial(self, row: Row, quantity: int | None) -> ParsedSerial:
        """The serial with its own problems; an export without serials gives an empty one without problems."""
        if Field.SERIAL not in self.places:
            return ParsedSerial(row.number, "", "", None, ())
        text = row.values[self.places[Field.SERIAL]]
        if Field.BLOCK_FROM in self.places:
            first, last = (row.values[self.places[each]].strip() for each in (Field.BLOCK_FROM, Field.BLOCK_TO))
            text = f"{text.strip()}, {first}-{last}" if first or last else text
        return parse_serial(text, quantity=quantity, line=row.number)

    def _compared(
        self, row: Row, record: RegistryRecord, year: tuple[date | None, date | None] | None
    ) -> RegistryRecord:
        """With S-SELF between serial and columns; not where another registry printed the serial."""
        serial = record.parsed.serial
        if serial is not None and serial.family is not self.layout.family:
            message = f"Row {row.number}: this is a serial of {serial.registry}, listed by {record.registry}."
            self._note(row, Field.SERIAL, "UNX-014", message, serial.normalised)
        elif serial is not None:
            first, last = year if year is not None else (record.vintage_from, record.vintage_to)
            differing = self_problems(
                serial, project=record.project_id, vintage_from=first, vintage_to=last, country=record.host_country
            )
            parsed = replace(record.parsed, problems=(*record.parsed.problems, *differing))
            record = replace(record, parsed=parsed)
        return record

    def _kind(self, row: Row, event: Moment) -> RecordKind:
        layout = self.layout
        kind = layout.record_kind
        if layout.statuses is not None:
            status = row.values[self.places[Field.STATUS]].strip()
            if status.casefold() not in layout.statuses:
                message = f"Row {row.number}: the status “{status}” is not known, so the row may be no retirement."
                self._note(row, Field.STATUS, "UNX-015", message, status)
            kind = layout.statuses.get(status.casefold(), kind)
        elif layout.kind_without_event is not None and not self._text(row, Field.EVENT):
            kind = layout.kind_without_event
        if kind is not RecordKind.ISSUANCE and event.on is None and not self._text(row, Field.EVENT):
            message = f"Row {row.number}: the registry gives no date of this {kind.value}."
            self._note(row, Field.EVENT, "UNX-013", message)
        return kind

    def _quantity(self, row: Row) -> int | None:
        text = self._text(row, Field.QUANTITY)
        quantity = quantity_from(text)
        if quantity is None:
            message = f"Row {row.number}: the quantity cannot be read."
            self._note(row, Field.QUANTITY, "UNX-010", message, text)
        return quantity

    def _value(self, row: Row, field: Field, code: str, read: Callable[[str], Value]) -> Value | None:
        """What ``read`` makes of a cell; ``None`` and a problem where it cannot."""
        try:
            return read(self._text(row, field))
        except ValueError:
            message = f"Row {row.number}: the {field.value} cannot be read."
            self._note(row, field, code, message, self._text(row, field))
            return None

    def _text(self, row: Row, field: Field) -> str:
        return row.values[self.places[field]].strip() if field in self.places else ""

    def _note(self, row: Row, field: Field, code: str, message: str, found: str = "") -> None:
        cell, header = self._place(row, field)
        self.problems.append(problem(code, message, file=self.file, cell=cell, field=header, found=found))

    def _told(self, row: Row, found: SerialProblem) -> Problem:
        field = _FIELD_OF_PROBLEM.get(found.field, Field.SERIAL)
        cell, header = self._place(row, field)
        return Problem(
            severity=found.severity, code=found.code, message=f"Row {row.number}: {found.message}", mend=found.mend,
            sheet=self.file, cell=cell, field=header, found=found.found,
            expected=found.expected or found.suggestion, reference="Unit check",
        )  # fmt: skip

    def _place(self, row: Row, field: Field) -> tuple[str, str]:
        if field not in self.places:
            return f"A{row.number}", ""
        place = self.places[field]
        return f"{letters(place)}{row.number}", self.header[place]
