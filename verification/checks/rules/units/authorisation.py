"""A: the host country's authorisation, and its entry in the accounts (Article 6 of the Paris Agreement)."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, AuthorisationPart, BlockPart, Hit, Severity, UnitSubject
from verification.checks.references import COOPERATION
from verification.checks.rules.units.common import (
    at,
    in_window,
    is_same,
    needs_adjustment,
    needs_authorisation,
    project_number,
    references,
    rows_for_block,
    window,
)
from verification.checks.words import adjustment_is_due_on, without_legal_form

IN_FORCE = frozenset({"valid", "amended"})
INTERNATIONAL = frozenset({"OIMP", "IMP", "OP"})
COMMITTED = frozenset({"authorised", "first_transferred"})
DONE = frozenset({"reported", "applied"})


@check(
    "A-LOA",
    Severity.BLOCK,
    "No authorisation of the host country covers these units",
    text="The letter covers project, vintage, use, user and quantity, and the document is attached.",
    mend="Attach the host country's letter of authorisation, or use units that a letter covers.",
    reference=f"{COOPERATION}, paragraphs 1 and 2; the scheme's list of eligible units",
    about=About.UNITS,
)
def a_loa(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if not needs_authorisation(subject, block):
            continue
        if block.authorisation is None:
            yield Hit(**at(block), found="none", expected="a letter of authorisation")
            continue
        for aspect, found, expected in _gaps(subject, block, block.authorisation):
            yield Hit(**at(block, aspect), found=found[:90], expected=expected[:90])
    yield from _quantities(subject)


def _gaps(subject: UnitSubject, block: BlockPart, letter: AuthorisationPart) -> Iterator[tuple[str, str, str]]:
    """Aspect, what the block has, what the letter covers."""
    if not letter.has_document:
        yield "document", letter.label or "a letter", "its document"
    if not is_same(letter.host_country, block.host_country):
        yield "host", block.host_country or "no country", letter.host_country or "no country stated"
    project = block.serial_project or block.project
    if not letter.project_ref or project_number(letter.project_ref) != project_number(project):
        yield "project", project or "no project", letter.project_ref or "no project stated"
    vintage = block.vintage
    if not vintage or not all(in_window(day, letter.vintage_from, letter.vintage_to) for day in vintage):
        yield "vintage", window(*vintage) if vintage else "no vintage", window(letter.vintage_from, letter.vintage_to)
    day = subject.day_of_use(block)
    if not in_window(day, letter.use_from, letter.use_to):
        yield "use", f"used on {day}", window(letter.use_from, letter.use_to)
    if not letter.purposes:
        yield "purpose", "no purpose stated", "NDC, OIMP, IMP or OP"
    if not _authorises(subject, letter):
        yield "user", subject.claimant.legal_name or "no claimant", _users(letter)


def _authorises(subject: UnitSubject, letter: AuthorisationPart) -> bool:
    """Whether the letter names the claimant, its country or the importing country, or nobody at all."""
    if not letter.authorised_parties and not letter.authorised_entities:
        return True
    names = {without_legal_form(name) for name in (subject.claimant.legal_name, *subject.claimant.aliases)} - {""}
    if names & {without_legal_form(entity) for entity in letter.authorised_entities}:
        return True
    countries = {subject.claimant.country, *subject.importing_countries} - {""}
    return bool(countries & set(letter.authorised_parties))


def _users(letter: AuthorisationPart) -> str:
    """Parties by name; of entities the number alone, for they may be the claimant's competitors."""
    entities = len(letter.authorised_entities)
    return ", ".join([*letter.authorised_parties, *([f"named users: {entities}"] if entities else [])])


def _quantities(subject: UnitSubject) -> Iterator[Hit]:
    """A letter's quantity against all uses of it in the portal, this claim included."""
    here: dict[tuple[str, str], int] = {}
    letters: dict[tuple[str, str], AuthorisationPart] = {}
    for block in subject.blocks:
        if block.authorisation and needs_authorisation(subject, block):
            key = (block.authorisation.host_country, block.authorisation.reference)
            here[key] = here.get(key, 0) + block.tonnes
            letters.setdefault(key, block.authorisation)
    for key, letter in letters.items():
        used = here[key] + (letter.used_elsewhere or 0)
        if letter.quantity is not None and used > letter.quantity:
            yield Hit(
                where=f"Authorisation {letter.label}"[:90],
                found=f"{used} t",
                expected=f"at most {letter.quantity} t",
                identity=f"quantity {letter.label}",
                inputs={"used_here": here[key], "used_elsewhere": letter.used_elsewhere, "authorised": letter.quantity},
            )


@check(
    "A-PURP",
    Severity.BLOCK,
    "The authorisation is for another purpose, or is no longer in force",
    text="A unit authorised for another country's own target alone, or no longer authorised, does not count here.",
    mend="Ask the host country for an authorisation that names international mitigation purposes.",
    reference=f"{COOPERATION}, paragraph 1(d) and (f)",
    about=About.UNITS,
)
def a_purp(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        letter = block.authorisation
        if letter is None or not needs_authorisation(subject, block):
            continue
        if letter.status not in IN_FORCE:
            found = letter.status or "status not known"
            yield Hit(**at(block, "status"), found=found, expected="an authorisation in force")
        rows = rows_for_block(subject, block)
        wanted = [row.authorisation_purposes_required or INTERNATIONAL for row in rows] or [INTERNATIONAL]
        authorised = _spelled_out(letter.purposes)
        if letter.purposes and not any(authorised & _spelled_out(purposes) for purposes in wanted):
            yield Hit(
                **at(block, "purpose"),
                found=", ".join(sorted(letter.purposes)),
                expected=" or ".join(sorted(frozenset().union(*wanted))),
                inputs={"reference": references(rows)},
            )


def _spelled_out(purposes: frozenset[str]) -> frozenset[str]:
    """Other international mitigation purposes (OIMP) are international mitigation (IMP) and other purposes (OP)."""
    single = frozenset(part for purpose in purposes for part in purpose.split(" and "))
    return single | INTERNATIONAL if "OIMP" in single else single


@check(
    "A-CA",
    Severity.BLOCK,
    "The host country's corresponding adjustment is not assured",
    text="The host adds the tonnes to its own balance. It reports a year by 15 April of the next year.",
    mend="Attach the authorisation, or the host's report once it is published.",
    reference=f"{COOPERATION}, chapter III and paragraph 20",
    about=About.UNITS,
    milder={
        Severity.WARN: "the adjustment is authorised, and its report is overdue",
        Severity.INFO: "the adjustment is authorised, and its report is not due yet",
    },
)
def a_ca(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if not needs_adjustment(subject, block) or block.ca_state in DONE:
            continue
        if block.ca_state not in COMMITTED:
            found = block.ca_state.replace("_", " ") or "not known"
            yield Hit(**at(block), found=found, expected="authorised, first transferred, reported or applied")
            continue
        due_on = adjustment_is_due_on(subject.day_of_use(block))
        yield Hit(
            **at(block),
            found=block.ca_state.replace("_", " "),
            expected=f"reported by {due_on}",
            inputs={"due_on": due_on, "today": subject.today},
            severity=Severity.WARN if subject.today > due_on else Severity.INFO,
        )
