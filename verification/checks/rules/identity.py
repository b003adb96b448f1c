"""IDN: whether it is this installation, and nobody else's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import BASE, METHODS, PRODUCT
from verification.checks.thresholds import COORDINATE_DISTANCE_DEGREES


@check(
    "IDN-001",
    Severity.BLOCK,
    "The report is about a site in another country",
    text="The country in the report is not the country of the registered installation.",
    mend="Choose the right installation for this claim, or correct the country in the report.",
    reference=f"{BASE}, Article 10",
)
def idn_001(subject: Subject) -> Iterator[Hit]:
    if subject.file_country and subject.file_country != subject.country:
        yield Hit(
            where=subject.place("installation.country", "Country of the installation"),
            found=subject.file_country,
            expected=subject.country,
            identity="A_InstData!I26",
            inputs={"report": subject.file_country, "register": subject.country},
        )


@check(
    "IDN-002",
    Severity.REFER,
    "The coordinates are not those of the registered site",
    text="More than about five kilometres lie between the report's coordinates and the register's.",
    mend="Correct the coordinates in the report, or those of the installation in the register.",
    reference=f"{BASE}, Article 10",
)
def idn_002(subject: Subject) -> Iterator[Hit]:
    if subject.file_latitude is None or subject.file_longitude is None:
        return
    distance = max(abs(subject.file_latitude - subject.latitude), abs(subject.file_longitude - subject.longitude))
    if distance > COORDINATE_DISTANCE_DEGREES:
        yield Hit(
            where=subject.place("installation.latitude", "Coordinates of the installation"),
            found=f"{subject.file_latitude}, {subject.file_longitude}",
            expected=f"{subject.latitude}, {subject.longitude}",
            identity="A_InstData!I28",
            inputs={"distance_degrees": distance},
        )


@check(
    "IDN-003",
    Severity.REFER,
    "The same file stands in another claim",
    text="The file with the numbers is byte for byte the one of another claim.",
    mend="If you meant another installation or period, upload its file.",
    reference=PRODUCT,
)
def idn_003(subject: Subject) -> Iterator[Hit]:
    if subject.template_is_used_elsewhere:
        yield Hit()


@check(
    "IDN-004",
    Severity.REFER,
    "Another organisation uses the same evidence",
    text="A file of this claim is byte for byte the same as one of another organisation.",
    mend="Nothing to mend if the file is public, such as an accreditation certificate.",
    reference=PRODUCT,
)
def idn_004(subject: Subject) -> Iterator[Hit]:
    if subject.evidence_is_shared_with_others:
        yield Hit()


@check(
    "IDN-005",
    Severity.REFER,
    "The UN/LOCODE is not that of the registered site",
    text="The report and the register name different places for the same installation.",
    mend="Correct the UN/LOCODE in the report, or in the register.",
    reference=f"{METHODS}, Annex IV, 1.1, item 1",
)
def idn_005(subject: Subject) -> Iterator[Hit]:
    stated = "".join(subject.report.installation.un_locode.split()).upper()
    if stated and subject.unlocode and stated != subject.unlocode.upper() and "TPL-048" not in subject.noted:
        yield Hit(
            where=subject.place("installation.un_locode", "UN/LOCODE"),
            found=stated,
            expected=subject.unlocode,
            identity="un_locode",
        )


@check(
    "IDN-006",
    Severity.REFER,
    "The registration of the installation has ended",
    text="The registration of an operator and its installations holds for five years.",
    mend="Renew the registration of the installation.",
    reference=f"{BASE}, Article 10",
)
def idn_006(subject: Subject) -> Iterator[Hit]:
    ended = subject.registration_ends_on
    if ended is not None and ended <= subject.today:
        yield Hit(found=f"held until before {ended}", expected=f"holds on {subject.today}", inputs={"ends_on": ended})


@check(
    "IDN-007",
    Severity.WARN,
    "Two production processes have the same name",
    text="Goods, precursors and streams of processes with one name cannot be told apart.",
    mend="Give each process a name of its own.",
    reference=PRODUCT,
)
def idn_007(subject: Subject) -> Iterator[Hit]:
    if "TPL-062" in subject.noted:
        return
    names = Counter(process.name.casefold() for process in subject.report.processes if process.name)
    for name, count in sorted(names.items()):
        if count > 1:
            yield Hit(where=name, found=f"{count} processes")


@check(
    "IDN-008",
    Severity.REFER,
    "A good is listed twice for one process",
    text="One code of one process has one value. A second line would count the same quantity again.",
    mend="Join the lines, or give each its own variant and quantity.",
    reference=f"{METHODS}, Article 4(6) and Annex IV, 1.1, item 13",
)
def idn_008(subject: Subject) -> Iterator[Hit]:
    lines = Counter(
        (product.cn, product.process, product.variant, product.name.casefold())
        for product in subject.report.products
        if product.cn
    )
    for (code, process, _, name), count in lines.items():
        if count > 1:
            yield Hit(where=f"{code} {name}".strip(), found=f"{count} lines", identity=f"{code} {process} {name}"[:90])


@check(
    "IDN-009",
    Severity.REFER,
    "Latitude and longitude are the wrong way round",
    text="The report's latitude is the register's longitude, and the reverse.",
    mend="Swap the two numbers. North and south come first.",
    reference=f"{METHODS}, Annex IV, 1.1, item 1",
)
def idn_009(subject: Subject) -> Iterator[Hit]:
    if subject.file_latitude is None or subject.file_longitude is None:
        return
    crossed = max(abs(subject.file_latitude - subject.longitude), abs(subject.file_longitude - subject.latitude))
    straight = max(abs(subject.file_latitude - subject.latitude), abs(subject.file_longitude - subject.longitude))
    if crossed <= COORDINATE_DISTANCE_DEGREES < straight:
        yield Hit(
            where=subject.place("installation.latitude", "Coordinates of the installation"),
            found=f"{subject.file_latitude}, {subject.file_longitude}",
            expected=f"{subject.latitude}, {subject.longitude}",
            identity="coordinates",
        )
