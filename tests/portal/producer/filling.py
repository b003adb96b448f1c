"""Fills in a claim through its pages, row by row, as a person would."""

from __future__ import annotations

from collections.abc import Mapping

from django.test import Client
from django.urls import reverse

from portal.producer.entry.steps import STEPS
from verification.accounting.entry.schema import Kind, Section, Shape
from verification.accounting.entry.sections import section_named
from verification.claims.models import Claim
from verification.claims.selectors import stored_answers

FIRST = ("installation", "period", "plan", "processes", "heat_sources", "chp_units", "electricity_sources")
Answers = Mapping[str, Mapping[str, Mapping[str, str]]]


class Typist:
    """Types ``answers`` into the form of ``claim``; keys that the portal gives are put in place of theirs."""

    def __init__(self, client: Client, claim: Claim) -> None:
        self.client, self.claim = client, claim
        self.keys: dict[str, str] = {}

    def fill_in(self, answers: Answers) -> None:
        self.client.post(reverse("producer:claim_entry_begin", args=[self.claim.pk]))
        sections = [key for step in STEPS for key in step.sections]
        for key in sorted(sections, key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST)):
            section = section_named(key)
            rows = answers.get(section.extends or key, {})
            for row_key in rows:
                self._row(section, row_key, answers)

    def _row(self, section: Section, row_key: str, answers: Answers) -> None:
        if section.shape is Shape.LIST:
            self.client.post(reverse("producer:claim_row_add", args=[self.claim.pk, section.key]))
            self.keys[row_key] = list(stored_answers(self.claim)[section.key])[-1]
        address = reverse("producer:claim_row", args=[self.claim.pk, section.key, self.keys.get(row_key, row_key)])
        values = answers.get(section.key, {}).get(row_key, {})
        self._post(address, section, values)
        if self._pairs(address, row_key, answers):
            self._post(address, section, values, self._pairs(address, row_key, answers))

    def _post(
        self, address: str, section: Section, values: Mapping[str, str], pairs: Mapping[str, str] | None = None
    ) -> None:
        data: dict[str, object] = dict(values)
        for field in section.fields:
            text = values.get(field.name, "")
            if field.kind is Kind.LINK:
                data[field.name] = self.keys.get(text, text)
            elif field.kind in (Kind.CATEGORIES, Kind.ROUTES):
                data[field.name] = [line for line in text.split("\n") if line]
        response = self.client.post(address, {**data, **(pairs or {})})
        assert response.status_code in (302, 422), (address, response.status_code)

    def _pairs(self, address: str, row_key: str, answers: Answers) -> dict[str, str]:
        """What is typed into the pairs on the page of a row."""
        typed = {}
        for pair in self.client.get(address).context["form"].pairs:
            for values in answers.get(pair.section.key, {}).values():
                across = values.get(pair.section.across, "")
                is_here = values.get(pair.section.parent) == row_key
                if is_here and self.keys.get(across, across) == pair.across:
                    typed[pair.name] = values.get(pair.number.name, "")
                    typed[f"{pair.name}.unit"] = values.get(pair.number.unit_name, "")
        return typed
