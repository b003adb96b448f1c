"""Several claims at once: recommended, signed or given to a colleague. Each stands or falls by itself."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import has_fresh_second_factor, official_only
from portal.official.forms_queue import BatchSignForm, ReassignForm
from portal.official.outcomes import sign
from portal.official.together import (
    Line,
    SigningRow,
    chosen_claims,
    line_of,
    reasons_from,
    screening_row,
    signing_rows,
    wordings_of,
)
from portal.official.wordings import LEGAL_GROUND
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.second_factor import has_authenticator_app, verify_code
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.bench_selectors import screening_lists_for
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim
from verification.claims.services.deciding import Ruling
from verification.claims.services.review import reassign_claim
from verification.claims.services.screening import Screening, screen_together
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.registry.selectors import officials_with_role

MOST_LISTS = 50
DomainRefusals = (Conflict, InvalidInput, NotAllowed)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch_screen(request: HttpRequest) -> HttpResponse:
    """Claims without findings, recommended together: a declaration for each, a wording for each kind."""
    actor = actor_of(request)
    claims = chosen_claims(request, actor)
    if not actor.has_role("reviewer") or not claims:
        messages.error(request, _("Choose claims in the queue first. Reviewers screen them."))
        return redirect("official:queue")
    if request.method == "POST":
        lines = _screened(request, claims, actor)
        return render(request, "official/batch_result.html", {"lines": lines, "heading": _("Screened together")})
    pairs = dict.fromkeys((claim.kind, claim.scheme) for claim in claims)
    context = {
        "rows": [screening_row(claim, actor) for claim in claims],
        "wordings": [
            (f"wording-{kind}-{scheme}", ClaimKind(kind).label, scheme, wordings_of(kind, scheme))
            for kind, scheme in pairs
        ],
    }
    return render(request, "official/batch_screen.html", context)


def _screened(request: HttpRequest, claims: list[Claim], actor: Actor) -> list[Line]:
    screenings, lines = [], []
    for claim in claims:
        if f"include-{claim.pk}" not in request.POST:
            continue
        try:
            reasons = reasons_from(claim, request.POST.get(f"wording-{claim.kind}-{claim.scheme}", ""))
        except InvalidInput as refusal:
            lines.append(line_of(claim, refusal, ""))
            continue
        screenings.append(
            Screening(
                claim=claim,
                seen_version=_whole(request.POST.get(f"version-{claim.pk}", "")),
                has_no_conflict=f"free-{claim.pk}" in request.POST,
                reasons=reasons,
            )
        )
    done = _("Recommended; an approver decides.")
    outcomes = screen_together(screenings, actor=actor)
    return lines + [line_of(outcome.claim, outcome.refusal, done) for outcome in outcomes]


@official_only
@require_safe
def batch_lists(request: HttpRequest) -> HttpResponse:
    """Lists of claims that a reviewer screened together and that wait for a decision."""
    actor = actor_of(request)
    lists = screening_lists_for(actor)[:MOST_LISTS]
    return render(request, "official/batch_lists.html", {"lists": lists, "may_sign": actor.has_role("approver")})


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions of one list, under one proof of the second factor; each is a decision of its own."""
    actor = actor_of(request)
    found = get_object_or_404(screening_lists_for(actor), pk=pk)
    rows = signing_rows(found, actor, posted(request))
    form = BatchSignForm(posted(request), asks_code=not has_fresh_second_factor(actor))
    if request.method == "POST" and form.is_valid():
        if form.asks_code and not verify_code(request, form.cleaned_data["code"]):
            form.refuse_code()
        else:
            signer = actor_of(request)
            lines = [_signed(request, row, signer) for row in rows if row.is_included]
            return render(request, "official/batch_result.html", {"lines": lines, "heading": _("Decided together")})
    context = {
        "list": found,
        "rows": rows,
        "form": form,
        "asks_code": form.asks_code,
        "has_authenticator_app": has_authenticator_app(request.user),
    }
    return render(request, "official/batch_sign.html", context)


def _signed(request: HttpRequest, row: SigningRow, actor: Actor) -> Line:
    """One decision in a transaction of its own, on the version and the effect that were on the page."""
    claim, typed = row.claim, request.POST
    try:
        if row.hindrance:
            raise NotAllowed(row.hindrance)
        if typed.get(f"effect-{claim.pk}", "") != row.effect["fingerprint"]:
            raise Conflict(_("What the approval would do changed after you opened the page. Read it again."))
        ruling = Ruling(
            reasons=row.recommendation.reasons,
            legal_ground=row.effect.get("legal_ground") or LEGAL_GROUND,
            seen_version=_whole(typed.get(f"version-{claim.pk}", "")),
            has_no_conflict=row.is_declared,
        )
        said, _key = sign(claim, actor, row.outcome, ruling, done=row.effect["done"])
    except DomainRefusals as refusal:
        return line_of(claim, refusal, "")
    return line_of(claim, None, said)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch_reassign(request: HttpRequest) -> HttpResponse:
    """A head of team gives claims to a reviewer; a substitute takes them over for itself."""
    actor = actor_of(request)
    claims = chosen_claims(request, actor)
    people = _who_may_get_them(actor)
    if not claims or people is None:
        messages.error(request, _("Choose claims in the queue first. Heads of team and substitutes give them on."))
        return redirect("official:queue")
    form = ReassignForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        lines = [_reassigned(claim, actor, form) for claim in claims]
        return render(request, "official/batch_result.html", {"lines": lines, "heading": _("Given to a colleague")})
    return render(request, "official/batch_reassign.html", {"claims": claims, "form": form})


def _who_may_get_them(actor: Actor) -> QuerySet[User] | None:
    reviewers = officials_with_role("reviewer").order_by("full_name")
    if actor.has_role("lead"):
        return reviewers
    return reviewers.filter(pk=actor.id) if actor.has_role("reviewer") else None


def _reassigned(claim: Claim, actor: Actor, form: ReassignForm) -> Line:
    to: User = form.cleaned_data["to"]
    try:
        reassign_claim(claim, actor=actor, to=to, reason=form.cleaned_data["reason"])
    except DomainRefusals as refusal:
        return line_of(claim, refusal, "")
    return line_of(claim, None, _("Given to %(person)s.") % {"person": to.full_name})


def _whole(text: str) -> int:
    """A version that cannot be read is none that was ever on a page."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
