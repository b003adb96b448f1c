"""L-LIMIT: how much of the claim the scheme's limit lets in. Nothing is ever cut without a word."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, Hit, LimitPart, Severity, UnitSubject
from verification.checks.model.findings import as_text


@check(
    "L-LIMIT",
    Severity.REFER,
    "More units are claimed than the limit lets in",
    text="Only whole tonnes up to the limit and the adjustable emissions count. The rest stays unconsumed.",
    mend="Take out the excess, or keep it: the decision names the numbers accepted and those that stay yours.",
    reference="The scheme's limit policy; the finding names the row",
    about=About.UNITS,
    milder={Severity.INFO: "the limit of the period is not known yet, so that nothing could be compared"},
)
def l_limit(subject: UnitSubject) -> Iterator[Hit]:
    limit = subject.limit
    if limit is None:
        yield Hit(found="no limit known", expected="the limit of the period", severity=Severity.INFO)
        return
    for each in limit.classes:
        if each.excess or each.accepted != each.claimed:
            yield Hit(
                where=each.name or "All units",
                found=f"{each.claimed} t: {each.accepted} t accepted, {each.excess} t over",
                expected=_policy(limit),
                identity=f"class {each.name}",
                inputs=_inputs(limit)
                | {"claimed": each.claimed, "accepted": each.accepted, "excess": each.excess, "class": each.limit},
            )
    # Where nobody has divided the blocks into classes yet, all of them are judged as they stand.
    accepted = sum(each.accepted for each in limit.classes) if limit.classes else _offered(subject)
    for name, most in (
        ("remaining", limit.limit if limit.remaining is None else limit.remaining),
        ("adjustable", limit.adjustable_tco2e),
    ):
        if most is not None and accepted > most:
            yield Hit(
                where="All units",
                found=f"{accepted} t {'accepted' if limit.classes else 'claimed'}",
                expected=f"at most {as_text(most)} t {name}",
                identity=name,
                inputs=_inputs(limit) | {"accepted": accepted},
            )


def _offered(subject: UnitSubject) -> int:
    return sum(block.tonnes for block in subject.blocks)


def _policy(limit: LimitPart) -> str:
    """The limit as people read it: "5 % of 23166.664767 tCO2e (gross), and 0 t carried over: 1158 t"."""
    base = f"{as_text(limit.percent)} % of {as_text(limit.base_tco2e)} tCO2e ({limit.base or 'base not named'})"
    return f"{base}, and {limit.carry or 0} t carried over: {as_text(limit.limit)} t"


def _inputs(limit: LimitPart) -> dict[str, object]:
    return {
        "base_tco2e": limit.base_tco2e,
        "percent": limit.percent,
        "carry": limit.carry,
        "limit": limit.limit,
        "remaining": limit.remaining,
        "adjustable_tco2e": limit.adjustable_tco2e,
        "reference": limit.reference or "none",
    }
