"""Reasons that are an approved wording word for word are said in the producer's language, too."""

from __future__ import annotations

import pytest

from verification.wording.translation import facts_in, translated

pytestmark = pytest.mark.unit
ENGLISH = "The report {report} of {verifier} in claim {claim} does not do. Send claim {claim} again."
TURKISH = "{claim}: {verifier} kuruluşunun {report} raporu yetmez."
FILLED = "The report VR-1 of Anadolu A.Ş. in claim EC-1 does not do. Send claim EC-1 again."


def test_filled_wording_is_recognised_and_translated():
    assert facts_in(FILLED, ENGLISH) == {"report": "VR-1", "verifier": "Anadolu A.Ş.", "claim": "EC-1"}
    assert translated(FILLED, ENGLISH, TURKISH) == "EC-1: Anadolu A.Ş. kuruluşunun VR-1 raporu yetmez."


@pytest.mark.parametrize(
    "text", [FILLED + " And more.", FILLED.replace("claim EC-1 again", "claim EC-2 again"), "Something else."]
)
def test_words_of_ones_own_have_no_translation(text):
    assert translated(text, ENGLISH, TURKISH) is None


def test_line_breaks_of_a_form_do_not_matter():
    assert translated(FILLED.replace(". Send", ".\r\nSend"), ENGLISH, TURKISH)


def test_translation_that_says_more_is_not_used():
    assert translated(FILLED, ENGLISH, TURKISH + " {due_on}") is None
