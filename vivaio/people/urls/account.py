"""Addresses of one's own account."""

from django.urls import path

from vivaio.people.views import accounts, gateways, notifications, own_data, profile, security

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("letters/<str:token>/", notifications.stop_letters, name="stop_letters"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<uuid:pk>/", accounts.account, name="account"),
    path("accounts/<uuid:pk>/birth/", accounts.correct_birth, name="correct_birth"),
    path("gateways/<int:pk>/part/", security.part_gateway, name="part_gateway"),
    path("sessions/end/", security.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", security.end_session, name="end_session"),
    path("own-data/ask/", own_data.request_export, name="request_export"),
    path("own-data/<uuid:pk>/", own_data.download_export, name="download_export"),
    path("own-data/erase/", own_data.request_erasure, name="request_erasure"),
    path("own-data/erase/undo/", own_data.undo_erasure, name="undo_erasure"),
]

# One address of return for every language: gateways register it.
without_language = [path("sign-in/<slug:gateway>/", gateways.back, name="gateway_back")]

# Pages of ours in the place of django-allauth's: the same addresses and names, found before its own.
instead_of_allauth = [
    path("2fa/", security.security, name="mfa_index"),
    path("2fa/webauthn/", security.security, name="mfa_list_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("sessions/", security.sessions, name="usersessions_list"),
    path("3rdparty/", security.security, name="socialaccount_connections"),
    path("gateways/<slug:gateway>/", gateways.start, name="gateway_start"),
]
