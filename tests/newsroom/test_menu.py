"""The newsroom's menu as its editors see it."""

from collections import Counter

import pytest
from django.test.utils import override_settings
from wagtail.admin.icons import get_icons
from wagtail.admin.menu import admin_menu

from dateline.config.doors import STAFF_URLS
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db


@override_settings(ROOT_URLCONF=STAFF_URLS)
def test_each_screen_has_an_icon_of_its_own_that_there_is(rf):
    request = rf.get("/newsroom/")
    request.user = a_newsroom().editor
    shown = admin_menu.menu_items_for_request(request)
    icons = [item.icon_name for item in shown]
    assert {"live", "newsletters", "letters"} <= {item.name for item in shown}
    assert [name for name, times in Counter(icons).items() if times > 1] == []
    assert [name for name in icons if f'id="icon-{name}"' not in get_icons()] == []
