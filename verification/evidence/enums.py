from django.db import models


class Purpose(models.TextChoices):
    """What a file is evidence of."""

    COMMUNICATION_TEMPLATE = "communication_template", "Communication template"
    VERIFICATION_REPORT = "verification_report", "Verification report"
    EMISSIONS_REPORT = "emissions_report", "Operator's emissions report"
    MONITORING_PLAN = "monitoring_plan", "Monitoring plan"
    ACCREDITATION_CERTIFICATE = "accreditation_certificate", "Accreditation certificate"
    ELECTRICITY_CONTRACT = "electricity_contract", "Electricity contract"
    PRECURSOR_CERTIFICATE = "precursor_certificate", "Certificate of a precursor"
    PRODUCTION_RECORDS = "production_records", "Production records"
    RETIREMENT_CERTIFICATE = "retirement_certificate", "Retirement certificate"
    LETTER_OF_AUTHORISATION = "letter_of_authorisation", "Letter of authorisation"
    REGISTRY_EXPORT = "registry_export", "Export of a registry"
    PRICE_RECEIPTS = "price_receipts", "Receipts of a carbon price paid"
    PRICE_CERTIFICATION = "price_certification", "Certification of a carbon price"
    REBATE_PROOF = "rebate_proof", "Proof of a rebate"
    TRANSLATION = "translation", "Translation"
    OTHER = "other", "Other"


class FileState(models.TextChoices):
    """Nothing is served before it is clean."""

    QUARANTINED = "quarantined", "Waiting for the scan"
    CLEAN = "clean", "Clean"
    REFUSED = "refused", "Refused"
