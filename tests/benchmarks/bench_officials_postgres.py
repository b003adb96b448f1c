"""The officials' queue, a claim and the search among a million claims on PostgreSQL."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.million import CLAIMS, write_a_million
from tests.benchmarks.result import Result
from tests.clock import set_test_clock
from verification.accounts.models import User
from verification.claims.models import Claim
from verification.claims.selectors import queue_for
from verification.registry.selectors import actor_for

ROUNDS = 9
ALLOWED_PAGE, ALLOWED_SEARCH = 0.05, 0.2
MOST_QUERIES = 60
DEEP = 200_000


def run() -> list[Result]:
    """Needs PostgreSQL; makes the demonstration and the million."""
    from django.core.management import call_command

    if connection.vendor != "postgresql":
        raise RuntimeError("This benchmark is about PostgreSQL; start it with make bench.")
    set_test_clock()
    with redirect_stdout(sys.stderr):
        call_command("demo", verbosity=0)
    producer = User.objects.get(email="producer@demo.portal.example")
    write_a_million(creator=producer.pk, today="2027-03-15")
    return measured(User.objects.get(email="reviewer@demo.portal.example"))


def measured(reviewer: User) -> list[Result]:
    client = Client()
    client.force_login(reviewer)
    bare = _median(lambda: _got(client, reverse("official:keys")))
    row = _median(lambda: Claim.objects.only("number").get(number="EC-2027-0000003"))
    results = [
        Result("bare signed-in page", "seconds", bare, row, "query of one row", "at most", 1_000),
    ]
    for name, address in _pages(reviewer).items():
        results += _measured(client, f"queue, {name}", address, ALLOWED_PAGE, bare)
    example = Claim.objects.get(installation__city="Gebze")
    results += _measured(client, "claim page", reverse("official:claim", args=[example.pk]), ALLOWED_PAGE, bare)
    for name, words in _searches().items():
        results += _measured(client, f"search, {name}", f"{reverse('official:queue')}?q={words}", ALLOWED_SEARCH, bare)
    return results


def _pages(reviewer: User) -> dict[str, str]:
    from portal.ui.pagination import _encoded

    queue = reverse("official:queue")
    deep = queue_for(actor_for(reviewer))[DEEP]
    return {
        "first page": queue,
        f"after {DEEP:,} claims": f"{queue}?cursor={_encoded(deep, ('due_on', 'id'))}",
        "one state and kind": f"{queue}?state=in_review&kind=carbon_price",
        "one country": f"{queue}?country=VN",
        "a country without claims": f"{queue}?country=IS",
        "of a colleague": f"{queue}?who=colleague-{Claim.objects.filter(state='in_review').last().reviewer_id}",
        "past the date": f"{queue}?due=late",
    }


def _searches() -> dict[str, str]:
    open_claim = Claim.objects.filter(state="in_review", number__startswith="EC-2027-0").select_related("installation")
    found = open_claim[1000]
    return {
        "number of a claim": found.number,
        "name of a site": str(found.site.name.split()[0]),
        "word of every claim": "emissions",
        "two words of every claim": "EC-2027 works",
        "a trade and a code": "cement 7214",
        "words that never meet": "hydrogen steel",
        "nothing": "qqqqqqqq",
        "a beginning of many": "r00",
    }


def _measured(client: Client, name: str, address: str, allowed: float, bare: float) -> list[Result]:
    median = _median(lambda: _got(client, address))
    with CaptureQueriesContext(connection) as seen:
        _got(client, address)
    if len(seen) > MOST_QUERIES:
        raise AssertionError(f"{name}: {len(seen)} queries.")
    return [
        Result(f"{name}, {len(seen)} queries", "seconds", median, allowed, "what is allowed", "at most", 1.0),
        Result(name, "seconds", median, bare, "bare signed-in page", "at most", 4 * allowed / ALLOWED_PAGE * 10),
    ]


def _got(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address} answers {answer.status_code}.")


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


__all__ = ["CLAIMS", "run"]
