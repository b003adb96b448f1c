"""The claimant's side of the procedure, on the pages of every kind of claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.deciding import refuse_after_hearing, ruling_on
from tests.factories.price_claims import complete_price_claim, recommended_price_claim
from tests.factories.transitions import appeal_taken, appealed, claim_of, heard, move_clock, past_its_use, unanswered
from verification.certificates.services.expiry import act_on_expiry
from verification.claims.enums import QuestionAbout, RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.kinds import address_of
from verification.claims.models import Claim
from verification.claims.services.deadlines import act_on_deadlines
from verification.claims.services.deciding import draft_refusal
from verification.claims.services.review import Asking, answer_finding, ask_producer, recommend, take_claim
from verification.registry.models import Installation

pytestmark = pytest.mark.db
CLAIMANTS = {"emissions": "producer", "units": "importer", "carbon_price": "producer"}


@pytest.fixture(params=list(CLAIMANTS))
def recommended(request: pytest.FixtureRequest, acting: Callable, claim_at: Callable) -> Claim:
    """A claim of each kind that waits for its decision."""
    if request.param == "emissions":
        return claim_at("Gebze")
    if request.param == "carbon_price":
        draft = complete_price_claim(Installation.objects.get(city="Aliağa"), acting("producer"))
        return recommended_price_claim(draft, acting("producer"), acting("reviewer"))
    claim = Claim.objects.get(kind="units", state="submitted")
    take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    for finding in open_findings(claim):
        answer_finding(claim, actor=acting("reviewer"), finding_key=finding.key, text="Seen.")
    recommend(claim, actor=acting("reviewer"), kind=RecommendationKind.REFUSE, reasons="Among officials alone.")
    return claim


@pytest.fixture
def browser_of(user_of: Callable) -> Callable[[str], Client]:
    def open_one(key: str) -> Client:
        client = Client()
        client.force_login(user_of(key))
        return client

    return open_one


@pytest.fixture
def producer(browser_of: Callable) -> Client:
    return browser_of("producer")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_claimant_of_every_kind_comments_once_it_has_read_it_again(recommended, acting, browser_of):
    draft_refusal(recommended, actor=acting("approver"), ruling=ruling_on(recommended, "The meter was not sealed."))
    client, page = browser_of(CLAIMANTS[recommended.kind]), address_of(recommended)
    assert "You can comment before it is decided" in text_of(client, page)
    asked = text_of(client, f"{page}comment/")
    assert "The meter was not sealed." in asked
    assert "Regulation (EU) 2023/956, Article 8" in asked
    again = client.post(f"{page}comment/", {"text": "It was sealed on 3 May."})
    assert "Read it once more" in again.content.decode()
    recommended.refresh_from_db()
    assert recommended.state == "hearing"
    changed = client.post(f"{page}comment/", {"text": "It was sealed on 3 May.", "change": "1"}).content.decode()
    assert "Read it once more" not in changed
    assert "It was sealed on 3 May.</textarea>" in changed
    sent = client.post(f"{page}comment/", {"text": "It was sealed on 3 May.", "confirmed": "1"})
    assert sent["Location"] == page
    recommended.refresh_from_db()
    assert recommended.state == "recommended"
    assert "It was sealed on 3 May." in text_of(client, page)
    assert client.get(f"{page}comment/").status_code == 409


def test_claimant_of_every_kind_appeals(recommended, acting, browser_of):
    claimant = CLAIMANTS[recommended.kind]
    refuse_after_hearing(recommended, approver=acting("approver"), producer=acting(claimant), reasons="Not proved.")
    client, page = browser_of(claimant), address_of(recommended)
    assert "You can appeal until" in text_of(client, page)
    assert "Two officials who had no part in the decision" in text_of(client, f"{page}appeal/")
    assert client.post(f"{page}appeal/", {"text": " ", "confirmed": "1"}).status_code == 422
    sent = client.post(f"{page}appeal/", {"text": "The laboratory says otherwise.", "confirmed": "1"})
    assert sent["Location"] == f"{page}appeal/sent/"
    appeal = recommended.appeals.get()
    assert appeal.grounds == "The laboratory says otherwise."
    assert appeal.number in text_of(client, f"{page}appeal/sent/")
    assert f"Your appeal {appeal.number} was received" in text_of(client, page)
    assert client.get(f"{page}appeal/").status_code == 409


def test_pages_of_the_claimant_show_nothing_of_what_officials_say_among_themselves(recommended, browser_of):
    said = recommended.recommendations.get().reasons
    page = text_of(browser_of(CLAIMANTS[recommended.kind]), address_of(recommended))
    assert said not in page
    assert "conflict of interest" not in page.split('id="history-head"')[0]


@pytest.mark.parametrize(
    ("state", "bring", "words"),
    [
        ("submitted", lambda: claim_of("Silifke"), "Your claim is with the authority"),
        ("in_review", lambda: claim_of("Gemlik"), "An official examines your claim"),
        ("in_review", appeal_taken, "By an official who had no part in the first decision."),
        ("recommended", lambda: claim_of("Gebze"), "Your claim waits for the decision"),
        ("recommended", lambda: _commented(), "Your comment on the draft is before the official who decides."),
        ("hearing", heard, "A refusal is drafted"),
        ("refused", lambda: claim_of("Sivas"), "You can appeal until"),
        ("refused", lambda: _lapsed(), "Refused, because a question was not answered"),
        ("revoked", lambda: claim_of("İskenderun"), "The approval was revoked"),
        ("in_appeal", lambda: appealed("Sivas"), "It waits for an official who had no part in the decision."),
        ("expired", lambda: _expired(), "The time of this approval is over"),
    ],
)
def test_claim_says_in_words_where_it_stands(producer, world, state, bring, words):
    claim = bring()
    claim.refresh_from_db()
    assert claim.state == state
    assert words in text_of(producer, address_of(claim))


def test_time_to_appeal_ends(producer, claim_at):
    claim = claim_at("Sivas")
    move_clock(claim.decided_at.date() + timedelta(days=100))
    assert "The time to appeal ended on" in text_of(producer, address_of(claim))
    page = f"{address_of(claim)}appeal/"
    assert "You can send a new claim" in text_of(producer, page)
    assert producer.post(page, {"text": "Late.", "confirmed": "1"}).status_code == 422
    assert not claim.appeals.exists()


def test_questions_are_threads_with_files(producer, browser_of, claim_at, acting):
    """The file goes with the answer, the official can read it, and a follow-up stands below."""
    claim, page = claim_at("Dilovası"), address_of(claim_at("Dilovası"))
    kept = producer.post(
        f"{page}answer/",
        {"answer_1": "", "file_1": SimpleUploadedFile("steam.csv", b"a,b\n1,2\n"), "attach": "1"},
    )
    assert "error-summary" not in kept.content.decode()
    (file,) = kept.context["form"].kept[1]
    sent = producer.post(f"{page}answer/", {"answer_1": "See the table.", "kept_1": str(file.pk), "send": "1"})
    assert sent["Location"] == page
    use = claim.questions.get().files.get()
    assert (use.file_id, use.is_answer) == (file.pk, True)
    assert browser_of("reviewer").get(f"/official/files/{file.pk}/").status_code == 200
    claim.refresh_from_db()
    asking = Asking(
        "Which meter is column b?", QuestionAbout.DOCUMENT, label="steam.csv", follows=claim.questions.get()
    )
    ask_producer(claim, actor=acting("reviewer"), questions=[asking])
    shown = text_of(producer, f"{page}answer/")
    assert shown.index("See the table.") < shown.index("Which meter is column b?")
    assert "follows up question 1" in shown
    assert f'<a href="{page}evidence/">A document: steam.csv</a>' in shown


def test_file_of_somebody_else_does_not_go_with_an_answer(producer, claim_at, acting):
    claim, page = claim_at("Dilovası"), address_of(claim_at("Dilovası"))
    strange = claim_at("Gebze").engagements.get().statement.report
    producer.post(f"{page}answer/", {"answer_1": "Here.", "kept_1": [str(strange.pk), "no key"], "send": "1"})
    claim.refresh_from_db()
    assert claim.state == "in_review"
    assert not claim.questions.get().files.exists()


def test_refused_file_is_named_beside_its_question(producer, claim_at):
    page = address_of(claim_at("Dilovası"))
    answer = producer.post(
        f"{page}answer/", {"answer_1": "Here.", "file_1": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 50), "send": "1"}
    )
    assert answer.status_code == 422
    assert "file_1" in answer.context["form"].errors
    assert "Here.</textarea>" in answer.content.decode()


def _commented() -> Claim:
    return heard(is_commented=True)


def _lapsed() -> Claim:
    claim = unanswered()
    act_on_deadlines()
    return claim


def _expired() -> Claim:
    claim = past_its_use()
    act_on_expiry()
    return claim
