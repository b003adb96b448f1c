"""Pages of reviewers, approvers and stewards."""

from django.urls import path

from portal.official.views import (
    case_file,
    certificate,
    claim,
    computation,
    decision,
    pre_checks,
    queue,
    registry_records,
    reports,
    time_travel,
    unit_events,
    units,
    verifiers,
)

app_name = "official"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("decisions/", queue.decisions, name="decisions"),
    path("claims/<uuid:pk>/", claim.claim, name="claim"),
    path("claims/<uuid:pk>/take/", claim.claim_take, name="claim_take"),
    path("claims/<uuid:pk>/release/", claim.claim_release, name="claim_release"),
    path("claims/<uuid:pk>/ask/", claim.claim_ask, name="claim_ask"),
    path("claims/<uuid:pk>/answer-finding/", claim.claim_answer_finding, name="claim_answer_finding"),
    path("claims/<uuid:pk>/recommend/", claim.claim_recommend, name="claim_recommend"),
    path("claims/<uuid:pk>/send-back/", claim.claim_send_back, name="claim_send_back"),
    path("claims/<uuid:pk>/blocks/accept/", units.claim_accept, name="claim_accept"),
    path("claims/<uuid:pk>/blocks/accept-by-code/", units.claim_accept_code, name="claim_accept_code"),
    path("claims/<uuid:pk>/events/", unit_events.claim_events, name="claim_events"),
    path("unit-blocks/<int:pk>/event/", unit_events.reversal_record, name="reversal_record"),
    path("unit-blocks/<int:pk>/adjustment/", unit_events.adjustment_record, name="adjustment_record"),
    path("unit-events/<int:pk>/close/", unit_events.reversal_close, name="reversal_close"),
    path("unit-accounts/<int:pk>/", unit_events.unit_account, name="unit_account"),
    path("pre-checks/", pre_checks.pre_checks, name="pre_checks"),
    path("pre-checks/<uuid:pk>/", pre_checks.pre_check, name="pre_check"),
    path("registry-records/", registry_records.registry_records, name="registry_records"),
    path("registry-records/<uuid:pk>/file/", registry_records.registry_export_file, name="registry_export_file"),
    path("claims/<uuid:pk>/decision/", decision.decision, name="decision"),
    path("claims/<uuid:pk>/changes/", claim.changes, name="claim_changes"),
    path("claims/<uuid:pk>/reports/", reports.claim_reports, name="claim_reports"),
    path("claims/<uuid:pk>/reports/<str:name>/", reports.claim_report, name="claim_report"),
    path(
        "claims/<uuid:pk>/reports/<str:name>/<slug:form>/", reports.claim_report_download, name="claim_report_download"
    ),
    path("claims/<uuid:pk>/computation/", computation.claim_computation, name="claim_computation"),
    path("claims/<uuid:pk>/computation.json", computation.claim_computation_json, name="claim_computation_json"),
    path("claims/<uuid:pk>/computation.csv", computation.claim_computation_csv, name="claim_computation_csv"),
    path("claims/<uuid:pk>/audit/", case_file.audit, name="audit"),
    path("claims/<uuid:pk>/case-file/", case_file.case_file, name="case_file"),
    path("time-travel/", time_travel.time_travel, name="time_travel"),
    path("files/<uuid:pk>/", claim.file, name="file"),
    path("certificates/<uuid:pk>/", certificate.certificate, name="certificate"),
    path("certificates/<uuid:pk>/download/", certificate.certificate_download, name="certificate_download"),
    path("certificates/<uuid:pk>/retry/", certificate.certificate_retry, name="certificate_retry"),
    path("certificates/<uuid:pk>/revocation/propose/", certificate.revocation_propose, name="revocation_propose"),
    path("certificates/<uuid:pk>/revocation/confirm/", certificate.revocation_confirm, name="revocation_confirm"),
    path("certificates/<uuid:pk>/revocation/drop/", certificate.revocation_drop, name="revocation_drop"),
    path("verifiers/", verifiers.verifiers, name="verifiers"),
    path("verifiers/register/", verifiers.verifier_register, name="verifier_register"),
    path("verifiers/<uuid:pk>/", verifiers.verifier, name="verifier"),
    path("verifiers/<uuid:pk>/accreditation/", verifiers.accreditation_record, name="accreditation_record"),
    path("verifiers/accreditations/<int:pk>/measure/", verifiers.accreditation_measure, name="accreditation_measure"),
]
