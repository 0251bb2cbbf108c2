"""The addresses of a reader's account."""

from django.conf import settings
from django.urls import path

from dateline.reader.account import chosen, confirm, entrance, leaving, own, security
from dateline.reader.account.second_factor import urlpatterns as second_factor

urlpatterns = [
    path("", own.own, name="account"),
    path("login/", entrance.login, name="account_login"),
    path("code/", entrance.code, name="account_code"),
    path("name/", entrance.name, name="account_name"),
    path("logout/", entrance.logout, name="account_logout"),
    path("closed/", entrance.inactive, name="account_inactive"),
    path("confirm/", confirm.confirm, name="account_reauthenticate"),
    path("rename/", chosen.rename, name="account_rename"),
    path("picture/", chosen.picture, name="account_picture"),
    path("preferences/", chosen.preferences, name="account_preferences"),
    path("muted/", chosen.muted, name="account_muted"),
    path("password/", security.password, name="account_password"),
    path("mail/", security.mail, name="account_mail"),
    path("sessions/", security.sessions, name="account_sessions"),
    path("leaving/", leaving.leaving, name="account_leaving"),
    path("export/", leaving.export, name="account_export"),
    *second_factor,
]

if settings.DATELINE.log_in_with:
    from dateline.reader.account.houses import urlpatterns as houses  # What it takes is large.

    urlpatterns += houses
