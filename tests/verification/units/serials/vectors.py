"""Real serials of every family with what they say, and broken ones with the check that must find them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from verification.units.serials import Family


class Valid(NamedTuple):
    text: str
    family: Family
    unit_type: str
    project: str
    country: str
    start: int
    end: int
    quantity: int
    family_key: str
    vintage_from: date | None
    vintage_to: date | None


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


VALID = (
    Valid(
        "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1", Family.VERRA, "VCU", "4150", "RW",
        936487628, 936491271, 3644, "VERRA", date(2024, 10, 1), date(2024, 12, 31),
    ),
    Valid(
        "19385-941467007-941467431-VCS-VCU-1507-VER-ET-14-1340-01012020-31122020-1", Family.VERRA, "VCU", "1340", "ET",
        941467007, 941467431, 425, "VERRA", *_year(2020),
    ),
    Valid(
        "19381-941412555-941441125-VCS-VCU-1310-VER-CN-13-3005-01012022-31102022-0", Family.VERRA, "VCU", "3005", "CN",
        941412555, 941441125, 28571, "VERRA", date(2022, 1, 1), date(2022, 10, 31),
    ),
    Valid(
        "19352-940273948-940281316-VCS-VCU-1289-VER-CD-3-4151-01012023-31122023-0", Family.VERRA, "VCU", "4151", "CD",
        940273948, 940281316, 7369, "VERRA", *_year(2023),
    ),
    Valid(
        "8040-449402275-449402275-VCU-042-MER-PE-14-1360-01072013-30062014-1", Family.VERRA, "VCU", "1360", "PE",
        449402275, 449402275, 1, "VERRA", date(2013, 7, 1), date(2014, 6, 30),
    ),
    Valid(
        "GS1-1-KE-GS11603-16-2025-30256-110-5463", Family.GOLD_STANDARD, "GS-VER", "11603", "KE",
        110, 5463, 5354, "GS:30256", *_year(2025),
    ),
    Valid(
        "GS1-1-CL-GS12065-12-2023-30073-1-117192", Family.GOLD_STANDARD, "GS-VER", "12065", "CL",
        1, 117192, 117192, "GS:30073", *_year(2023),
    ),
    Valid(
        "GS1-1-CR-GS2913-22-2025-30184-3-3", Family.GOLD_STANDARD, "GS-VER", "2913", "CR",
        3, 3, 1, "GS:30184", *_year(2025),
    ),
    Valid(
        "ACR-FR-1129-2025-2917-30932 to 35143", Family.ACR, "ERT", "1129", "FR",
        30932, 35143, 4212, "ACR:2917", *_year(2025),
    ),
    Valid(
        "ACR-US-869-2022-2145-1052027 to 1052226", Family.ACR, "ERT", "869", "US",
        1052027, 1052226, 200, "ACR:2145", *_year(2022),
    ),
    Valid(
        "CAR-1-US-1335-31-983-KS-2025-9659-43177 to 43276", Family.CAR, "CRT", "1335", "US",
        43177, 43276, 100, "CAR:9659", *_year(2025),
    ),
    Valid(
        "CAR-ROC-US-1275-105-806-VT-2024-9241-1 to 6247", Family.CAR, "ROC", "1275", "US",
        1, 6247, 6247, "CAR:9241", *_year(2024),
    ),
    Valid(
        "ART-GY-102-2021-11-2759599 to 2760598", Family.ART, "TREES", "102", "GY",
        2759599, 2760598, 1000, "ART:11", *_year(2021),
    ),
    Valid(
        "ART-GY-102-2021-11-3570001 to 3605000", Family.ART, "TREES", "102", "GY",
        3570001, 3605000, 35000, "ART:11", *_year(2021),
    ),
    Valid(
        "FCPF-CI-130-2023-20-1 to 46404", Family.ART, "FCPF-ER", "130", "CI",
        1, 46404, 46404, "FCPF:20", *_year(2023),
    ),
    Valid(
        "RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7014", Family.KYOTO, "CER", "7014", "RW",
        1463953, 1467609, 3657, "KYOTO:RW:5", None, None,
    ),
    Valid(
        "RW-5-1459975-2-2-0-7014", Family.KYOTO, "CER", "7014", "RW",
        1459975, 1459975, 1, "KYOTO:RW:5", None, None,
    ),
    Valid(
        "CA0001-GHA01-GHA-1-2025 - CA0001-GHA01-GHA-500-2025", Family.ITMO, "ITMO", "", "GHA",
        1, 500, 500, "ITMO:CA0001:GHA01:GHA:2025", *_year(2025),
    ),
    Valid(
        "CA0004-VU-CH-356-1-3000-2023", Family.ITMO, "ITMO", "356", "VU",
        1, 3000, 3000, "ITMO:CA0004:VU:CH:356:2023", *_year(2023),
    ),
    Valid(
        "CDC_7_3_1_323_14_CO_1_2_2019, 22410-28813", Family.ECOREGISTRY, "Carboncer", "7", "CO",
        22410, 28813, 6404, "ECOREGISTRY:CDC_7_3_1_323_14_CO_1_2_2019", *_year(2019),
    ),
    Valid(
        "CDC_1_1_1_321_14_1, 0-999", Family.ECOREGISTRY, "Carboncer", "1", "",
        0, 999, 1000, "ECOREGISTRY:CDC_1_1_1_321_14_1", None, None,
    ),
    Valid(
        "CDC_4_1_1_321_14_R1_XX_CO_1_2_2022, 1-3552", Family.ECOREGISTRY, "Carboncer", "4", "CO",
        1, 3552, 3552, "ECOREGISTRY:CDC_4_1_1_321_14_R1_XX_CO_1_2_2022", *_year(2022),
    ),
)  # fmt: skip

GOLD = "GS1-1-KE-GS11603-16-2025-30256-110-5463"
VERRA = "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1"

INVALID = (
    # text, stated quantity, code, found, expected
    (GOLD, 5000, "S-QTY", "5,000", "5,354"),
    ("GS1-1-KE-GS11603-16-2025-30256-5463-110", None, "S-RANGE", "5463 to 110", "start not above end"),
    ("GS1-1-KE-GS11603-16-2025-30256-0-110", None, "S-RANGE", "0", "1 or more"),
    (f"GS1-1-KE-GS11603-16-2025-30256-1-{2**63}", None, "S-RANGE", str(2**63), f"at most {2**63 - 1}"),
    ("CDC_7_3_1_323_14_CO_1_2_2019", None, "S-RANGE", "CDC_7_3_1_323_14_CO_1_2_2019", None),
    (VERRA.replace("01102024", "31022024"), None, "S-DATE", "31022024", "a date of the calendar"),
    (VERRA.replace("31122024", "30092024"), None, "S-DATE", "2024-10-01 to 2024-09-30", None),
    (GOLD.replace("2025", "0000"), None, "S-DATE", "0000", "a date of the calendar"),
    ("CA1-SGP01-GHA-1-2025", None, "S-FORMAT", "CA1-SGP01-GHA-1-2025", None),
    ("CA0001-GHA01-GHA-0-2024", None, "S-FORMAT", "CA0001-GHA01-GHA-0-2024", None),
    ("CA0001-GHA01-GHA-007-2024", None, "S-FORMAT", "CA0001-GHA01-GHA-007-2024", None),
    ("RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7015", None, "S-PAIR", "7015", "7014"),
    ("CA0001-GHA01-GHA-1-2025 - CA0001-GHA01-GHA-9-2024", None, "S-PAIR", "2024", "2025"),
    ("ret_1KNSQMD6Z1S0TB50", None, "S-QTY", "", "a whole number above zero"),
    ("ret_1KNSQMD6Z1S0TB50", 0, "S-QTY", "0", "a whole number above zero"),
    ("iss_1KNSQMD6Z1S0TB50", 5, "S-FORMAT", "iss_1KNSQMD6Z1S0TB50", None),
    ("GS1-1-KE-GS11603-16-2025-30256-110", None, "S-FORMAT", None, GOLD),
    ("", None, "S-FORMAT", "", ""),
    ("our tonnes of last year", None, "S-FORMAT", "OUR TONNES OF LAST YEAR", ""),
    ("1" * 301, None, "S-FORMAT", None, ""),
)
