"""The newsroom's start: Wagtail's apps are ready, and its web API was never loaded."""

import subprocess
import sys

from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from dateline.stories.models import Story

LOADED = """
import django, sys
django.setup()
print([name for name in sys.modules if name.startswith(("wagtail.api.v3", "ninja"))])
"""


def test_the_web_api_is_not_loaded():
    said = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_pictures_and_stories_are_registered_all_the_same():
    assert get_image_model() in ReferenceIndex.indexed_models
    assert Story in get_snippet_models()
