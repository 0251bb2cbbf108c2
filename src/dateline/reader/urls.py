"""The reader's addresses. What they mean depends on the editions and sections there are."""

from django.urls import path, re_path

from dateline.reader import browser, search, search_feed, share, style, views

urlpatterns = [
    path("-/suggest", search.suggest, name="suggest"),
    re_path(r"^(?:(?P<code>[a-z][a-z0-9-]*)/)?search/$", search.page, name="search"),
    path("", views.page, name="home"),
    re_path(r"^(?P<path>.+)$", views.page, name="page"),
]
    re_path(
        r"^(?:(?P<code>[a-z][a-z0-9-]*)/)?search/feed\.(?P<ending>xml|atom|json)$",
        search_feed.feed,
        name="search-feed",
    ),
