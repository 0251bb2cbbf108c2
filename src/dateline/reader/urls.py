"""The reader's addresses. What they mean depends on the editions and sections there are."""

from django.urls import include, path, re_path
from django.views.decorators.gzip import gzip_page
from django.views.generic import RedirectView

from dateline.common.keys import KEY
from dateline.reader import (
    browser,
    chat_answers,
    chat_deeds,
    chat_law,
    chat_own,
    chat_say,
    chat_search,
    chat_told,
    hub,
    lite,
    live_links,
    returned,
    search,
    search_feed,
    share,
    style,
    views,
)
from dateline.reader.account.avatars import avatar
from dateline.reader.account.me import me
from dateline.reader.notices.door import DEED, notify

_SEARCH = r"(?:(?P<code>[a-z][a-z0-9-]*)/)?search/$"
_SHORT = r"s/(?P<number>\d{1,18})$"
_POST = rf"s/(?P<number>\d{{1,18}})/(?P<key>{KEY})$"

urlpatterns = [
    path("lite", RedirectView.as_view(url="/lite/", permanent=True)),
    re_path(rf"^lite/{_SEARCH}", gzip_page(lite.version_of(search.plain_page))),
    re_path(rf"^lite/{_SHORT}", lite.version_of(share.short)),
    re_path(rf"^lite/{_POST}", lite.version_of(live_links.post)),
    re_path(r"^lite/(?P<path>.*)$", lite.version_of(views.page)),
    path("-/style", style.style, name="style"),
    path("-/style/<slug:look>", style.style, name="style-look"),
    path("me", me, name="me"),
    path("account/", include("dateline.reader.account.urls")),
    path("", include("dateline.reader.subscribe.urls")),
    re_path(
        r"^-/avatar/(?P<number>\d{1,18})-(?P<digest>[0-9a-f]{12})\.(?P<ending>svg|jpg)$",
        avatar,
        name="avatar",
    ),
    path("sw.js", browser.worker, name="worker"),
    path("-/speculation.json", browser.speculation, name="speculation"),
    re_path(rf"^{_SHORT}", share.short, name="short"),
    re_path(
        r"^-/share/(?P<number>\d{1,18})-(?P<version>\d{1,9})\.jpg$",
        share.picture,
        name="share-picture",
    ),
    re_path(rf"^{_POST}", live_links.post, name="live-post"),
    re_path(
        r"^s/(?P<number>\d{1,18})/feed\.(?P<ending>xml|atom|json|rss)$",
        live_links.feed,
        name="live-feed",
    ),
    re_path(
        rf"^-/share/(?P<number>\d{{1,18}})-(?P<key>{KEY})-(?P<version>\d{{1,9}})\.jpg$",
        share.post_picture,
        name="live-post-picture",
    ),
    re_path(rf"^m/(?P<key>{KEY})$", chat_deeds.permalink, name="message"),
    re_path(rf"^m/(?P<key>{KEY})/act$", chat_deeds.act, name="message-act"),
    re_path(rf"^m/(?P<key>{KEY})/law$", chat_law.law, name="message-law"),
    path("chats/notices/", chat_own.notices, name="notices"),
    path("chats/notices/<int:number>/open", chat_own.open_notice, name="notice"),
    path("chats/notices/<slug:key>/", chat_law.notice, name="chat-notice"),
    path("chats/decisions/", chat_law.decisions, name="chat-decisions"),
    path("chats/decisions/<slug:key>/", chat_law.statement, name="chat-decision"),
    path("chats/mine.json", chat_answers.mine, name="chats-mine"),
    path("chats/muted.json", chat_answers.muted, name="chats-muted"),
    path("chats/<int:number>/say", chat_say.say, name="chat-say"),
    path("chats/<int:number>/told", chat_told.told_here, name="chat-told"),
    path("chats/<int:number>/index.json", chat_answers.index, name="chat-index"),
    path("chats/<int:number>/blocks.json", chat_answers.blocks, name="chat-blocks"),
    path("chats/<int:number>/people", chat_answers.people, name="chat-people"),
    path("chats/<int:number>/follow", chat_own.follow, name="chat-follow"),
    path("chats/<int:number>/search", chat_search.search, name="chat-search"),
    path("chats/<int:number>/read", chat_answers.read, name="chat-read"),
    re_path(rf"^-/notify/(?P<deed>{DEED})$", notify, name="notify"),
    path("-/hub", hub.hub, name="hub"),
    path("-/returned", returned.returned, name="returned"),
    path("-/returned/esp", returned.returned_by_provider, name="returned-esp"),
    path("-/suggest", search.suggest, name="suggest"),
    re_path(rf"^{_SEARCH}", search.page, name="search"),
    re_path(
        r"^(?:(?P<code>[a-z][a-z0-9-]*)/)?search/feed\.(?P<ending>xml|atom|json)$",
        search_feed.feed,
        name="search-feed",
    ),
    path("", views.page, name="home"),
    re_path(r"^(?P<path>.+)$", views.page, name="page"),
]
