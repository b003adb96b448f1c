"""Pages that need no account."""

from django.urls import path

from portal.public import benchmarks, check, credentials, forms, rules, statistics, status, views

app_name = "public"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("check/", check.check, name="check"),
    path("check/digest/<str:sha256>/", check.check_digest, name="check_digest"),
    path("check/<str:reference>.json", check.check_result, {"is_json": True}, name="check_json"),
    path("check/<str:reference>/", check.check_result, name="check_result"),
    path("credentials/<str:code>", credentials.credential, name="credential"),
    path("status/<str:purpose>/<int:number>", status.status_list, name="status_list"),
    path(".well-known/did.json", credentials.did, name="did"),
    path("checks/", rules.checks, name="checks"),
    path("form/<slug:which>.<slug:kind>", forms.form_file, name="form_file"),
    path("benchmarks/", benchmarks.benchmarks, name="benchmarks"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/figures.csv", statistics.statistics_csv, name="statistics_csv"),
    path("statistics/figures.json", statistics.statistics_json, name="statistics_json"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
