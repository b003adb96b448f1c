"""Pages of verifiers: invitations, the work with its report and findings, the signature."""

from django.urls import path

from portal.verifier.views import findings, invitations, report, signing, work

app_name = "verifier"

ENGAGEMENT = "engagements/<uuid:pk>/"
WORK = "works/<uuid:pk>/"

urlpatterns = [
    path("", invitations.home, name="home"),
    path(ENGAGEMENT, invitations.engagement, name="engagement"),
    path(f"{ENGAGEMENT}accept/", invitations.engagement_accept, name="engagement_accept"),
    path(f"{ENGAGEMENT}decline/", invitations.engagement_decline, name="engagement_decline"),
    path(f"{ENGAGEMENT}confirm/", signing.engagement_confirm, name="engagement_confirm"),
    path(f"{ENGAGEMENT}report/", report.engagement_report, name="engagement_report"),
    path(f"{ENGAGEMENT}report/<slug:form>/", report.engagement_report_file, name="engagement_report_file"),
    path(WORK, work.work, name="work"),
    path(f"{WORK}part/<slug:part>/", work.part, name="part"),
    path(f"{WORK}rows/<slug:part>/add/", work.row_add, name="row_add"),
    path(f"{WORK}rows/<slug:part>/<int:position>/", work.row, name="row"),
    path(f"{WORK}rows/<slug:part>/<int:position>/remove/", work.row_remove, name="row_remove"),
    path(f"{WORK}findings/", findings.findings, name="findings"),
    path(f"{WORK}findings/raise/", findings.finding_raise, name="finding_raise"),
    path(f"{WORK}findings/<int:number>/", findings.finding, name="finding"),
    path(f"{WORK}findings/<int:number>/close/", findings.finding_close, name="finding_close"),
    path(f"{WORK}check/", work.check, name="check"),
    path("files/<uuid:pk>/", invitations.file, name="file"),
]
