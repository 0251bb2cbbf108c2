"""Every address of the house."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from dateline.config import files, health
from dateline.config.metrics import metrics
from dateline.config.presence import present

urlpatterns = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("-/metrics", metrics, name="metrics"),
    path("chats/present.json", present, name="chats-present"),
    path("favicon.ico", files.favicon, name="favicon"),
    path("media/<path:name>", files.media, name="media"),
    path(settings.DATELINE.staff_path, RedirectView.as_view(pattern_name="desk")),
    path(f"{settings.DATELINE.staff_path}/", include("dateline.newsroom.urls")),
    path("", include("dateline.reader.urls")),
]

handler404 = "dateline.reader.views.not_found"
handler500 = "dateline.config.answers.server_error"
