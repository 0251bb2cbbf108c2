"""Every address of the house, the newsroom's among them."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from dateline.config import urls

handler404, handler500 = urls.handler404, urls.handler500

urlpatterns = [
    *urls.HOUSE,
    path(settings.DATELINE.staff_path, RedirectView.as_view(pattern_name="desk")),
    path(f"{settings.DATELINE.staff_path}/", include("dateline.newsroom.urls")),
    *urls.SITE,
]
