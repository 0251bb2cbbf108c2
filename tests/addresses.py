"""Addresses by their names, the newsroom's among them, which readers' requests do not know."""

from functools import partial

from django import urls

from dateline.config.doors import STAFF_URLS

reverse = partial(urls.reverse, urlconf=STAFF_URLS)
