"""The newsroom's addresses: Wagtail's, in one transaction each and under a policy of their own."""

from csp.decorators import csp
from django.conf import settings
from django.urls import URLPattern, URLResolver
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dateline.newsroom.door import in_one_transaction

urlpatterns: list[URLPattern | URLResolver] = decorate_urlpatterns(
    decorate_urlpatterns(list(wagtailadmin_urls.urlpatterns), in_one_transaction),
    csp(settings.STAFF_SECURITY_POLICY),
)
