"""Pages of producers: claims, installations, certificates."""

from django.urls import path

from portal.producer.views import (
    certificates,
    claims,
    computation,
    disclosure,
    entry,
    evidence,
    files,
    home,
    installations,
    organisations,
    results,
    revisions,
    sending,
    verifier,
    workbook,
)

app_name = "producer"

CLAIM = "claims/<uuid:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.claims, name="claims"),
    path("claims/start/", claims.claim_start, name="claim_start"),
    path(CLAIM, claims.claim, name="claim"),
    path(f"{CLAIM}numbers/", entry.claim_entry_begin, name="claim_entry_begin"),
    path(f"{CLAIM}file/", files.claim_file, name="claim_file"),
    path(f"{CLAIM}export/<slug:kind>/", files.claim_export, name="claim_export"),
    path(f"{CLAIM}rows/<slug:section>/paste/", files.claim_rows_paste, name="claim_rows_paste"),
    path(f"{CLAIM}part/<slug:step>/", entry.claim_step, name="claim_step"),
    path(f"{CLAIM}rows/<slug:section>/add/", entry.claim_row_add, name="claim_row_add"),
    path(f"{CLAIM}rows/<slug:section>/<str:key>/", entry.claim_row, name="claim_row"),
    path(f"{CLAIM}rows/<slug:section>/<str:key>/remove/", entry.claim_row_remove, name="claim_row_remove"),
    path(f"{CLAIM}workbook/", workbook.claim_template, name="claim_template"),
    path(f"{CLAIM}results/", results.claim_results, name="claim_results"),
    path(f"{CLAIM}computation/", computation.claim_computation, name="claim_computation"),
    path(f"{CLAIM}computation.json", computation.claim_computation_json, name="claim_computation_json"),
    path(f"{CLAIM}computation.csv", computation.claim_computation_csv, name="claim_computation_csv"),
    path(f"{CLAIM}evidence/", evidence.claim_evidence, name="claim_evidence"),
    path(f"{CLAIM}evidence/<int:use_pk>/remove/", evidence.claim_evidence_remove, name="claim_evidence_remove"),
    path(f"{CLAIM}verifier/", verifier.claim_verifier, name="claim_verifier"),
    path(f"{CLAIM}check/", sending.claim_check, name="claim_check"),
    path(f"{CLAIM}sent/", sending.claim_sent, name="claim_sent"),
    path(f"{CLAIM}answer/", sending.claim_answer, name="claim_answer"),
    path(f"{CLAIM}changes/", revisions.claim_changes, name="claim_changes"),
    path(f"{CLAIM}amend/", revisions.claim_amend, name="claim_amend"),
    path(f"{CLAIM}renew/", revisions.claim_renew, name="claim_renew"),
    path(f"{CLAIM}reports/", disclosure.claim_reports, name="claim_reports"),
    path(f"{CLAIM}reports/share/", disclosure.claim_report_share, name="claim_report_share"),
    path(f"{CLAIM}reports/end/<uuid:disclosure_pk>/", disclosure.claim_report_end, name="claim_report_end"),
    path(f"{CLAIM}reports/<str:name>/", disclosure.claim_report, name="claim_report"),
    path(f"{CLAIM}reports/<str:name>/<slug:form>/", disclosure.claim_report_download, name="claim_report_download"),
    path(f"{CLAIM}withdraw/", sending.claim_withdraw, name="claim_withdraw"),
    path("installations/", installations.installations, name="installations"),
    path("installations/register/", installations.installation_register, name="installation_register"),
    path("installations/<uuid:pk>/", installations.installation, name="installation"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<uuid:pk>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:pk>/download/", certificates.certificate_download, name="certificate_download"),
    path("organisations/register/", organisations.organisation_register, name="organisation_register"),
    path("files/<uuid:pk>/", evidence.file, name="file"),
]
