"""The newsroom's addresses: there for whoever goes there, not loaded for readers."""

import subprocess
import sys

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dateline.newsroom.wagtail_apps import picture_operations
from tests.addresses import reverse as reverse_any

READ = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from dateline.config import server
from dateline.publishing import runner
from dateline.stories.blocks import CleanTextBlock
from wagtail.images.models import Filter
assert len(Filter("width-320|format-avif|avifquality-50").operations) == 3
assert list(CleanTextBlock().extract_references('<p><a linktype="page" id="1">a</a></p>')) == []
print([one for one in ("wagtail.admin.urls", "dateline.newsroom.urls") if one in sys.modules])
"""


def test_server_and_runner_load_no_screen_of_the_newsroom():
    said = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_the_operations_on_pictures_are_wagtails():
    from wagtail.images.wagtail_hooks import register_image_operations

    assert picture_operations() == register_image_operations()


@pytest.mark.django_db
def test_the_newsroom_is_found_where_it_is_and_nowhere_else():
    client = Client()
    assert client.get("/newsroom").headers["Location"] == "/newsroom/"
    door = client.get("/newsroom/stories/")
    assert door.headers["Location"].startswith(reverse_any("wagtailadmin_login"))
    assert client.get("/newsroomy/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("wagtailadmin_login")
