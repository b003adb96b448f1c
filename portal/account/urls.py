"""Sign-in, second factor, profile. Names of allauth's own pages stay as allauth gives them."""

from django.urls import include, path
from django.views.generic import RedirectView

from portal.account import members, notifications, views

own_pages = (
    [
        path("", views.profile, name="profile"),
        path("home/", views.home, name="home"),
        path("second-factor/", views.second_factor_needed, name="second_factor_needed"),
        path("organisations/<uuid:pk>/", members.members, name="members"),
        path("organisations/<uuid:pk>/members/add/", members.member_add, name="member_add"),
        path("organisations/<uuid:pk>/members/<int:membership_pk>/end/", members.member_end, name="member_end"),
    ],
    "account",
)

messages_pages = (
    [
        path("", notifications.notices, name="list"),
        path("read/", notifications.notices_read, name="read_all"),
        path("<int:pk>/read/", notifications.notice_read, name="read"),
        path("settings/", notifications.notice_settings, name="settings"),
    ],
    "notifications",
)

to_profile = RedirectView.as_view(pattern_name="account:profile")

urlpatterns = [
    path("", include(own_pages)),
    path("notifications/", include(messages_pages)),
    path("2fa/authenticate/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("2fa/", to_profile, name="mfa_index"),
    path("2fa/webauthn/", to_profile, name="mfa_list_webauthn"),
    path("", include("allauth.urls")),
]
