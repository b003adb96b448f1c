"""The Commission's communication template for installations (xlsx, version 2.x), read and written.

Cells are addressed, never labels: the template exists in several languages.
"""

from verification.accounting.template.contract import reading_as_contract, report_as_contract
from verification.accounting.template.guarded import read_template_guarded
from verification.accounting.template.reader import read_template
from verification.accounting.template.reading import TemplateReading, TemplateRules

__all__ = [
    "TemplateReading",
    "TemplateRules",
    "read_template",
    "read_template_guarded",
    "reading_as_contract",
    "report_as_contract",
]
