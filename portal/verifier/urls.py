"""Pages of verifiers: invitations, the sealed numbers, the statement."""

from django.urls import path

from portal.verifier import views

app_name = "verifier"

ENGAGEMENT = "engagements/<uuid:pk>/"

urlpatterns = [
    path("", views.home, name="home"),
    path(ENGAGEMENT, views.engagement, name="engagement"),
    path(f"{ENGAGEMENT}confirm/", views.engagement_confirm, name="engagement_confirm"),
    path(f"{ENGAGEMENT}decline/", views.engagement_decline, name="engagement_decline"),
    path("files/<uuid:pk>/", views.file, name="file"),
]
