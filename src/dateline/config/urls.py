"""The addresses of the site and of what watches it; the newsroom's stand in `staff_urls`."""

from django.urls import include, path

from dateline.config import files, health
from dateline.config.metrics import metrics
from dateline.config.presence import present

HOUSE = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/metrics", metrics, name="metrics"),
    path("chats/present.json", present, name="chats-present"),
    path("favicon.ico", files.favicon, name="favicon"),
    path("media/<path:name>", files.media, name="media"),
]
SITE = [path("", include("dateline.reader.urls"))]

urlpatterns = [*HOUSE, *SITE]

handler404 = "dateline.reader.views.not_found"
handler500 = "dateline.config.answers.server_error"
