"""The addresses of subscribing and of what letters lead to."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from dateline.reader.subscribe import another_address, ask, choices, feed, opened, stop

urlpatterns = [
    path("subscribe/", ask.subscribe, name="subscribe"),
    path("subscribe/sent/", ask.sent, name="subscribe-sent"),
    path("subscribe/mine/", choices.mine, name="subscribe-mine"),
    path("subscribe/confirm/<path:asked>/", ask.confirm, name="subscribe-confirm"),
    path("letters/move/<path:asked>/", another_address.move, name="letters-move"),
    re_path(
        r"^letters/feed/(?P<key>[\w-]{32})/feed\.(?P<ending>xml|atom|json)$",
        feed.feed,
        name="followed-feed",
    ),
    path("letters/opened/<str:mark>.gif", opened.opened, name="letters-opened"),
    path("letters/<str:token>/", choices.choices, name="letters"),
    path("letters/<str:token>/stop/", stop.stop, name="letters-stop"),
    path("letters/<str:token>/export.json", choices.export, name="letters-export"),
    # A mail program that breaks a link loses its end; the page there says so, or it was whole.
    re_path(
        r"^(?P<rest>(?:subscribe/confirm|letters|letters/move)/[^/]+)$",
        RedirectView.as_view(url="/%(rest)s/", query_string=True),
        name="letters-cut-short",
    ),
]
