# ruff: noqa: S608 (no part of the SQL comes from outside this file)
"""Four eyes, own organisation, conflicts of interest and being heard, as the database sees them."""

from django.db import migrations

from verification.audit.guards import Guard, GuardInserts


def member_of_claimant(person: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM registry_membership m JOIN claims_claim c ON c.organisation_id = m.organisation_id "
        f"WHERE c.id = NEW.claim_id AND m.user_id = NEW.{person} AND m.ended_at IS NULL)"
    )


def member_of_verifier(person: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM registry_membership m JOIN claims_engagement e ON e.verifier_id = m.organisation_id "
        f"WHERE e.claim_id = NEW.claim_id AND m.user_id = NEW.{person} AND m.ended_at IS NULL)"
    )


def in_conflict(person: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM claims_conflictdeclaration d WHERE d.claim_id = NEW.claim_id "
        f"AND d.official_id = NEW.{person} AND d.has_conflict)"
    )


def undeclared(person: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM claims_conflictdeclaration d WHERE d.claim_id = NEW.claim_id "
        f"AND d.official_id = NEW.{person} AND NOT d.has_conflict)"
    )


def of_own_organisation(table: str, person: str) -> Guard:
    where = f"{member_of_claimant(person)} OR {member_of_verifier(person)}"
    return Guard(f"{table}_own", where, f"{table}: the person belongs to a party of the claim")


def without_declaration(table: str, person: str) -> Guard:
    where = f"{in_conflict(person)} OR {undeclared(person)}"
    return Guard(f"{table}_conflict", where, f"{table}: the person has not declared to be free of conflicts")


EVER_REVIEWED = (
    "EXISTS (SELECT 1 FROM claims_recommendation r WHERE r.claim_id = NEW.claim_id "
    "AND r.reviewer_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM claims_step s WHERE s.claim_id = NEW.claim_id "
    "AND s.actor_id = NEW.approver_id AND s.name IN ('take', 'take_appeal', 'recommend'))"
)
OTHER_RECOMMENDATION = (
    "NOT EXISTS (SELECT 1 FROM claims_recommendation r WHERE r.id = NEW.recommendation_id "
    "AND r.claim_id = NEW.claim_id AND r.reviewer_id = NEW.reviewer_id)"
)
NOT_HEARD = (
    "NEW.outcome = 'refused' AND NOT EXISTS (SELECT 1 FROM claims_draftdecision d WHERE d.claim_id = NEW.claim_id "
    "AND d.snapshot_id = NEW.snapshot_id AND d.closed_at IS NOT NULL)"
)
OF_FIRST_DECISION = (
    "NEW.appeal_id IS NOT NULL AND EXISTS (SELECT 1 FROM claims_step s JOIN claims_appeal a ON a.id = NEW.appeal_id "
    "WHERE s.claim_id = NEW.claim_id AND s.claim_version < a.lodged_version AND (s.actor_id IN (NEW.approver_id, "
    "NEW.reviewer_id) OR s.second_actor_id IN (NEW.approver_id, NEW.reviewer_id)))"
)
SIGNED_BY_OTHERS = (
    "NOT EXISTS (SELECT 1 FROM registry_membership m JOIN claims_engagement e ON e.verifier_id = m.organisation_id "
    "WHERE e.id = NEW.engagement_id AND m.user_id = NEW.signed_by_id AND m.ended_at IS NULL) OR EXISTS (SELECT 1 "
    "FROM registry_membership m JOIN claims_claim c ON c.organisation_id = m.organisation_id JOIN claims_engagement e "
    "ON e.claim_id = c.id WHERE e.id = NEW.engagement_id AND m.user_id = NEW.signed_by_id AND m.ended_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_absences"),
        ("claims", "0009_verifier_work"),
        ("registry", "0001_initial"),
    ]

    operations = [
        GuardInserts(
            "claims_recommendation",
            [
                of_own_organisation("claims_recommendation", "reviewer_id"),
                without_declaration("claims_recommendation", "reviewer_id"),
            ],
        ),
        GuardInserts(
            "claims_decision",
            [
                of_own_organisation("claims_decision", "approver_id"),
                without_declaration("claims_decision", "approver_id"),
                Guard("claims_decision_eyes", EVER_REVIEWED, "claims_decision: the approver reviewed this claim"),
                Guard("claims_decision_pair", OTHER_RECOMMENDATION, "claims_decision: not the reviewer of this claim"),
                Guard("claims_decision_heard", NOT_HEARD, "claims_decision: the producer was not heard"),
                Guard("claims_decision_appeal", OF_FIRST_DECISION, "claims_decision: an appeal needs another pair"),
            ],
        ),
        GuardInserts(
            "claims_verificationstatement",
            [
                Guard(
                    "claims_verificationstatement_own",
                    SIGNED_BY_OTHERS,
                    "claims_verificationstatement: signed by somebody who is not of the verifier alone",
                )
            ],
        ),
    ]
