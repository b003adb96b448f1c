"""Pages of parties that offer reduction units: producers and importers alike."""

from django.urls import path

from portal.units.views import base, blocks, claims, evidence, exports, letters, pre_check, procedure, sending, serials

app_name = "units"

CLAIM = "claims/<uuid:pk>/"

urlpatterns = [
    path("", claims.home, name="home"),
    path("start/", claims.claim_start, name="claim_start"),
    path(CLAIM, claims.claim, name="claim"),
    path(f"{CLAIM}statement/", claims.claim_statement, name="claim_statement"),
    path(f"{CLAIM}replace/<int:event_pk>/", claims.claim_replace, name="claim_replace"),
    path(f"{CLAIM}serials/", serials.claim_serials, name="claim_serials"),
    path(f"{CLAIM}serials/explain/", serials.claim_serials_explain, name="claim_serials_explain"),
    path(f"{CLAIM}export/", serials.claim_export_file, name="claim_export_file"),
    path(f"{CLAIM}blocks/", blocks.claim_blocks, name="claim_blocks"),
    path(f"{CLAIM}blocks/describe/", blocks.claim_blocks_describe, name="claim_blocks_describe"),
    path(f"{CLAIM}blocks/remove/", blocks.claim_blocks_remove, name="claim_blocks_remove"),
    path(f"{CLAIM}letters/", letters.claim_letters, name="claim_letters"),
    path(f"{CLAIM}letters/<int:letter_pk>/remove/", letters.claim_letter_remove, name="claim_letter_remove"),
    path(f"{CLAIM}base/", base.claim_base, name="claim_base"),
    path(f"{CLAIM}evidence/", evidence.claim_evidence, name="claim_evidence"),
    path(f"{CLAIM}evidence/<int:use_pk>/remove/", evidence.claim_evidence_remove, name="claim_evidence_remove"),
    path(f"{CLAIM}pre-check/", pre_check.claim_pre_check, name="claim_pre_check"),
    path(f"{CLAIM}pre-check/take-back/", pre_check.claim_pre_check_take_back, name="claim_pre_check_take_back"),
    path(f"{CLAIM}check/", sending.claim_check, name="claim_check"),
    path(f"{CLAIM}sent/", sending.claim_sent, name="claim_sent"),
    path(f"{CLAIM}answer/", procedure.claim_answer, name="claim_answer"),
    path(f"{CLAIM}comment/", procedure.claim_comment, name="claim_comment"),
    path(f"{CLAIM}appeal/", procedure.claim_appeal, name="claim_appeal"),
    path(f"{CLAIM}appeal/sent/", procedure.claim_appealed, name="claim_appealed"),
    path(f"{CLAIM}withdraw/", sending.claim_withdraw, name="claim_withdraw"),
    path(f"{CLAIM}changes/", exports.claim_changes, name="claim_changes"),
    path(f"{CLAIM}content.json", exports.claim_content_json, name="claim_content_json"),
    path(f"{CLAIM}blocks.csv", exports.claim_blocks_csv, name="claim_blocks_csv"),
    path(f"{CLAIM}exchange/<slug:shape>/", exports.claim_exchange, name="claim_exchange"),
]
