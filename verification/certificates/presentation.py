"""From the record to what is printed: what every kind of document has around its values. No record is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString

from verification.certificates.figures import hash_digits
from verification.certificates.fitting import FIRST_PAGE_MM, POINT_MM, block_mm, lines_of, text_mm, words_of
from verification.certificates.pictures import ACCENT, WARNING, data_address, qr_svg, rosette_svg
from verification.certificates.speech import Speech, code, run_of
from verification.certificates.typography import direction_of, html_language, printable
from verification.kernel.identifiers import grouped

TEXT_MM, CONTENT_MM, HEAD_MM, TITLE_MM = 170.0, 130.0, 130.0, 137.0
SOFT_NOTE = (7.4, 10.0)
SAY = {"en": (14.0, 20.0), "ar": (13.0, 20.0), "hi": (12.0, 20.2), "zh-hans": (12.0, 18.8)}
SAY_BESIDE_ENGLISH = (12.6, 17.6)
LINE_PT = {"ar": 13.8, "hi": 14.4, "zh-hans": 14.0}
"""Lines are taller than the style sheet says where letters of two scripts stand on them."""
TITLE_PT = {"ar": 29.0, "hi": 26.0}
PAIRED_MM = 45.0
SAFETY_MM = 1.0


def number_of(record: Mapping[str, Any]) -> str:
    """Of the document itself; what is no certificate carries the number of none."""
    return str(record.get("document_no") or record["certificate_no"])


def speech_of(record: Mapping[str, Any]) -> Speech:
    """Records that name no language were issued when there was only English."""
    return Speech(record.get("language", "en"))


def printed_frame(
    record: Mapping[str, Any], record_sha256: str, speech: Speech, kind: str, offline_code: str | None = None
) -> dict[str, Any]:
    """Identity, legal basis, decision, hashes, how to check, drawings."""
    address = record["check_address"]
    authority, issued = record["authority"]["name"], record["issued_at"].replace("T", " ").replace("Z", " UTC")
    decision = record["decision"]
    return {
        "record": record,
        "kind": kind,
        "number": number_of(record),
        "language": html_language(speech.language),
        "direction": direction_of(speech.language),
        "is_bilingual": speech.is_bilingual,
        "l": speech.labels,
        "pages": speech.local["pages"],
        "title": speech.title(kind),
        "english_title": speech.english_title(kind),
        "plain_title": speech.plain_title(kind),
        "authority": printable(authority),
        "scheme": speech.term(record["scheme_name"]),
        "legal_basis": speech.law(record["legal_basis"]),
        "binds": speech.say_local("binds") if speech.is_bilingual else "",
        "binds_english": speech.say_english("binds"),
        "replaces": speech.say("replaces", number=code(record["replaces"])) if record.get("replaces") else "",
        "code": grouped(record["short_code"]),
        "host": urlsplit(address).netloc,
        "issued": issued,
        "legal_ground": speech.law(decision["legal_ground"]),
        "appeal": appeal_of(decision, speech),
        "sealed": speech.say("sealed", authority=authority, issued=code(issued)),
        "integrity": _integrity(record, record_sha256, speech),
        "steps_to_check": [
            speech.say("check_open", host=code(urlsplit(address).netloc), code=code(grouped(record["short_code"]))),
            speech.say("check_compare"),
            speech.say("check_file"),
        ],
        "check_limits": speech.say("check_limits"),
        "qr": data_address(qr_svg(address)),
        "qr_alt": speech.plain("qr_alt", address=address),
        "offline": data_address(qr_svg(offline_code)) if offline_code else "",
        "offline_alt": speech.plain("offline_alt"),
        "rosette": data_address(rosette_svg(record_sha256, WARNING if kind == "revocation" else ACCENT)),
        "rosette_alt": speech.plain("rosette_alt", digits=record_sha256[:16]),
    }


def effect_of(speech: Speech, kind: str, sentence: str = "", **facts: Any) -> dict[str, Any]:
    """The decisive sentence and what limits it, each in both languages. ``sentence`` names one of several."""
    sentence = sentence or f"{kind}_effect"
    return {
        "effect": speech.say_local(sentence, **facts),
        "effect_english": speech.say_english(sentence, **facts),
        "but": speech.say_local(f"{kind}_but", **facts),
        "but_english": speech.say_english(f"{kind}_but", **facts),
    }


def appeal_of(decision: Mapping[str, Any], speech: Speech) -> SafeString:
    """Until the day that the record names, or within the time of the law."""
    if day := decision.get("appeal_until"):
        return speech.say("appeal_until", day=code(day))
    return speech.say("appeal")


def site_of(record: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    """Block B of a document about an installation."""
    operator, site = record["operator"], record["installation"]
    country = site.get("country_name") or site["country"]
    place = ", ".join(filter(None, (site["address"], site["city"], country)))
    local = run_of(operator["local_name"], operator["local_language"] or "en") if operator.get("local_name") else ""
    location = code(" · ".join(filter(None, (site["unlocode"], f"{site['latitude']}, {site['longitude']}"))))
    return {
        "site": [
            [(speech.label("operator"), format_html("{}{}", speech.given(operator["name"]), local))],
            [(speech.label("registration"), speech.given(operator["registration"]))],
            [(
                speech.label("installation"),
                format_html(
                    "<b>{}</b>{}{}<br/>{}",
                    code(site["code"]), speech.comma, speech.given(site["name"]), speech.given(place),
                ),
            )],
            *pairs_of(speech, ("location", location), ("data_period", span_of(record["reporting_period"]))),
        ]
    }  # fmt: skip


def pairs_of(speech: Speech, *facts: tuple[str, SafeString]) -> list[list[tuple[SafeString, SafeString]]]:
    """Two short facts on one row; each on its own where labels stand in two languages, or where the first is long."""
    rows = [(speech.label(key), value) for key, value in facts]
    is_long = text_mm(words_of(rows[0][1]), 9) > 2 * PAIRED_MM
    return [[row] for row in rows] if speech.is_bilingual or is_long else [rows]


def span_of(period: Mapping[str, str]) -> SafeString:
    return code(f"{period['start']} – {period['end']}")


def _integrity(record: Mapping[str, Any], record_sha256: str, speech: Speech) -> list[tuple[SafeString, SafeString]]:
    """Block J. What a record has not, because it was issued before there was such a thing, is not printed."""
    rows = [(speech.label("record_sha256"), _hash(record_sha256))]
    rows += [
        (speech.label(key), _hash(record[key])) for key in ("snapshot_sha256", "evidence_sha256") if record.get(key)
    ]
    rows.append((speech.label("check_page"), _address(record["check_address"])))
    if credential := record.get("credential"):
        status = f"{credential['status_list']}#{credential['status_index']}"
        rows += [
            (speech.label(key), _address(said))
            for key, said in (("credential", credential["id"]), ("status_list", status))
        ]
    return [*rows, (speech.label("schema"), code(record["schema"]))]


def _address(address: str) -> SafeString:
    """Left to right in every script; broken where it is longer than a line."""
    return format_html('<span dir="ltr">{}</span>', address)


def _hash(sha256: str) -> SafeString:
    return format_html('<span class="hash" dir="ltr">{}</span>', hash_digits(sha256))


# Page 1, reckoned in millimetres


def line_pt(speech: Speech) -> float:
    return LINE_PT.get(speech.language, 12.5)


def head_mm(context: Mapping[str, Any], speech: Speech) -> float:
    """Authority, scheme, law, title and identity."""
    if not speech.is_bilingual:
        return 52.6
    grown = line_pt(speech) / 12.5
    points = 14.0 * lines_of(context["authority"], HEAD_MM, 11, "serif")
    points += 11.5 * grown * lines_of(words_of(context["scheme"]), HEAD_MM, 8.4)
    points += block_mm(context["legal_basis"], HEAD_MM, 8.4, 11.5 * grown, (8.4, 10.5)) / POINT_MM
    title = TITLE_PT.get(speech.language, 22.5)
    points += title * sum(lines_of(words_of(line), TITLE_MM, 20, "display") for line in context["title"]) + 16.0
    return max(37.0, 5.9 + points * POINT_MM) + 6.0 + 23.0 * grown * POINT_MM


def effect_mm(context: Mapping[str, Any], speech: Speech) -> float:
    size, leading = SAY.get(speech.language, SAY_BESIDE_ENGLISH)
    points = line_pt(speech) + leading * lines_of(words_of(context["effect"]), TEXT_MM, size, "serif")
    if not speech.is_bilingual:
        points += 12.0 * lines_of(words_of(context["but"]), TEXT_MM, 8.6)
        return 4.4 + 1.5 + 1.8 + 4.2 + points * POINT_MM
    points += 12.8 * lines_of(words_of(context["effect_english"]), TEXT_MM, 9.4, "serif")
    points += 11.4 * line_pt(speech) / 12.5 * lines_of(words_of(f"{context['but']} {context['binds']}"), TEXT_MM, 8.2)
    points += 10.4 * lines_of(words_of(f"{context['but_english']} {context['binds_english']}"), TEXT_MM, 7.6)
    return 2.6 + 1.0 + 1.0 + 1.4 + 0.4 + 2.4 + points * POINT_MM


def facts_mm(speech: Speech, cells: Iterable[tuple[str, str]]) -> float:
    """Height of a block with a side label: rows of a label and a text."""
    label_mm, text_mm = (42.0, 86.0) if speech.is_bilingual else (24.0, 104.0)
    height = 5.2 if speech.is_bilingual else 6.2
    for label, html in cells:
        texts = [words_of(part) for part in html.replace("<article", "<br/><article").split("<br/>")]
        lines = max(lines_of(words_of(label), label_mm, 8.2), sum(lines_of(text, text_mm, 9) for text in texts))
        height += lines * line_pt(speech) * POINT_MM + 0.7
    return height


def site_mm(context: Mapping[str, Any], speech: Speech) -> float:
    return facts_mm(speech, (row[0] for row in context["site"]))


def decision_mm(context: Mapping[str, Any], speech: Speech) -> float:
    wide = 105.0 if speech.is_bilingual else 104.0
    height = 4.7 + (10.5 + 13.5) * POINT_MM + 2.2
    ground = f"{context['record']['decision']['ref']} · {context['legal_ground']}"
    if speech.language in LINE_PT:
        height += line_pt(speech) * POINT_MM * lines_of(words_of(ground), wide, 8.4) + 0.7
    else:
        height += block_mm(ground, wide, 9, 12.5, (7.6, 10)) + 0.7
    height += block_mm(context["appeal"], wide, 9, line_pt(speech), (7.6, 10))
    height += 4.0 + block_mm(context["sealed"], CONTENT_MM, 8.2, 11 * line_pt(speech) / 12.5, (7.6, 10))
    return max(46.6 if speech.is_bilingual else 41.2, height)


def notes_mm(notes: Iterable[str]) -> float:
    """Notes under a table, with lines as high as those of any script."""
    return sum(block_mm(note, TEXT_MM, 7.6, 11.0, SOFT_NOTE) + 1.4 for note in notes)


def room_on_first_page(context: Mapping[str, Any], speech: Speech, *blocks_mm: float) -> float:
    """What is left of page 1 beside head, sentence, decision and the given blocks."""
    taken = head_mm(context, speech) + effect_mm(context, speech) + decision_mm(context, speech)
    return FIRST_PAGE_MM - SAFETY_MM - taken - sum(blocks_mm)


def name_lines(text: str) -> int:
    """Lines of a good's code and name across its table."""
    return lines_of(words_of(text), 158.0, 9)
