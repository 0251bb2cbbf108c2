"""The newsroom's addresses: Wagtail's, through our door and under a policy of their own."""

from csp.decorators import csp
from django.conf import settings
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dateline.newsroom.door import door

_desk = RedirectView.as_view(pattern_name="wagtailsnippets_stories_story:list")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", _desk, name="desk"),
    *decorate_urlpatterns(
        decorate_urlpatterns(list(wagtailadmin_urls.urlpatterns), door),
        csp(settings.STAFF_SECURITY_POLICY),
    ),
]
