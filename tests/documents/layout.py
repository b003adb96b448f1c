"""How a paper looks: codes readable from its picture, nothing over anything else, no page empty or cut.

Each rule yields what breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import base45

from tests.documents.content import figures, fixed
from tests.documents.papers import COVER, USUAL, Paper, Word, signer
from verification.credentials.offline import PREFIX, is_of_record, read_offline_code

POINTS_PER_MM = 72 / 25.4
PAGE_WIDTH_MM = 210.0
MARGIN_MM = {True: 24.0, False: 20.0}
FEWEST_LINES = {True: 6, False: 12}
"""Of letters, and of the others."""
MOST_OFFLINE_BYTES = 350
HEAD_MM = 70


def codes_lead_to_the_check_page(paper: Paper) -> Iterator[str]:
    if paper.is_letter:
        return
    address, code = paper.record["check_address"], paper.record["short_code"]
    for dpi in (75, 150):
        if (read := paper.codes_on(1, dpi, HEAD_MM)) != [address]:
            yield f"at {dpi} dpi the code says {read}"
    printed = re.sub(r"[\s-]", "", paper.pages[0])
    if code not in printed or code not in address or urlsplit(address).netloc not in printed:
        yield "code and address are not printed beside each other"


def offline_code_is_read_and_genuine(paper: Paper) -> Iterator[str]:
    if not paper.has_offline_code:
        return
    (read, *others) = paper.codes_on(len(paper.pages), 150) or [""]
    if others or read != paper.offline_code:
        yield f"the last page has the code {read[:40]}"
    elif not is_of_record(read_offline_code(read, [signer()]), paper.record):
        yield "the code does not say what the record says"
    size = len(base45.b45decode(str(paper.offline_code).removeprefix(PREFIX)))
    if size > MOST_OFFLINE_BYTES:
        yield f"the offline code takes {size} bytes"


def nothing_is_drawn_over_other_words(paper: Paper) -> Iterator[str]:
    for page, words in enumerate(paper.words, start=1):
        for index, word in enumerate(words):
            for other in words[index + 1 :]:
                if other.top >= word.bottom:
                    break
                if _is_over(word, other):
                    yield f"page {page}: {word.text} and {other.text}"


def _is_over(one: Word, other: Word) -> bool:
    if other.left > one.right or one.left > other.right:
        return False
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > 2 and height > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def nothing_leaves_its_page(paper: Paper) -> Iterator[str]:
    margin = MARGIN_MM[paper.is_letter]
    left, right = (margin - 1) * POINTS_PER_MM, (PAGE_WIDTH_MM - margin + 1) * POINTS_PER_MM
    for page, words in enumerate(paper.words, start=1):
        yield from (f"page {page}: {word.text[:60]}" for word in words if word.left < left or word.right > right)


def usual_case_is_short(paper: Paper) -> Iterator[str]:
    """Two pages, three for a certificate in two languages; every value of the table on page 1."""
    if paper.size != USUAL:
        return
    wanted = 3 if paper.has_offline_code and paper.language != "en" else 2
    if paper.is_letter:
        wanted = 1 if paper.language == "en" else 2
    wanted = 1 if paper.kind == COVER else wanted
    if len(paper.pages) != wanted:
        yield f"{len(paper.pages)} pages, not {wanted}"
    if paper.kind == "emissions":
        values = {fixed(row["see_total"], 5) for row in paper.record["goods"]}
        yield from (f"{value} is not on page 1" for value in values - set(figures(paper.pages[0])))


def no_page_is_nearly_empty(paper: Paper) -> Iterator[str]:
    for page, words in enumerate(paper.words, start=1):
        lines = len({round(word.bottom / 4) for word in words})
        if lines < FEWEST_LINES[paper.is_letter]:
            yield f"page {page} of {len(paper.words)} has {lines} lines"


def last_page_tells_how_to_check(paper: Paper) -> Iterator[str]:
    last = " ".join(paper.pages[-1].split())
    has_limits = "Scope and limits" in last or "Printed as the official wrote it" in last
    has_limits = has_limits or paper.kind == COVER
    if not paper.is_letter and not ("How to check this document" in last and has_limits):
        yield "the last page does not say how to check, and what the document does not say"


RULES = (
    codes_lead_to_the_check_page,
    offline_code_is_read_and_genuine,
    nothing_is_drawn_over_other_words,
    nothing_leaves_its_page,
    usual_case_is_short,
    no_page_is_nearly_empty,
    last_page_tells_how_to_check,
)
