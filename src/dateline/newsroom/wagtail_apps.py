"""Wagtail's apps without what readers and the runner have no use for.

Its web API, which we do not offer: each app registers itself there when it is ready, and the
schemas cost a quarter second. Its screens, which it loads to learn of hooks: how a picture is cut
to size is a hook too, so the first picture made would bring them all. And the parser with which it
compares versions of a text, until somebody does.
"""

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from django.apps import AppConfig
from wagtail import hooks
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig


class _NoApi(ModuleType):
    """Stands where the API's modules would, and takes down nothing."""

    api = SimpleNamespace(add_router=lambda *_: None)
    router = None

    @staticmethod
    def register_content_types() -> None:
        """Take no type."""


class _Text(ModuleType):
    """Stands for `wagtail.utils.text`."""

    @staticmethod
    def text_from_html(value: object) -> str:
        """Return the text of an HTML string."""
        from bs4 import BeautifulSoup  # noqa: PLC0415 - takes a tenth of a second

        return BeautifulSoup(str(value), "html.parser").get_text().strip()


sys.modules.setdefault("wagtail.utils.text", _Text("wagtail.utils.text"))


class _WithoutApi(AppConfig):
    """Gets an app ready with the API's modules out of its sight."""

    def ready(self) -> None:
        own = f"{self.name}.api.v3"
        names = ("wagtail.api.v3.api", own, f"{own}.registry", f"{own}.router")
        absent = [name for name in names if name not in sys.modules]
        sys.modules.update({name: _NoApi(name) for name in absent})
        try:
            super().ready()
        finally:
            for name in absent:
                del sys.modules[name]


class DocumentsConfig(_WithoutApi, WagtailDocsAppConfig):
    """Documents."""


class ImagesConfig(_WithoutApi, WagtailImagesAppConfig):
    """Pictures."""

    def ready(self) -> None:
        """Know the operations on pictures without looking for hooks."""
        super().ready()
        asked = hooks.get_hooks

        def get_hooks(name: str) -> list[Callable[..., Any]]:
            is_known = name == "register_image_operations" and not hooks._searched_for_hooks
            return [picture_operations] if is_known else asked(name)

        hooks.get_hooks = get_hooks


def picture_operations() -> list[tuple[str, type]]:
    """Return Wagtail's operations on pictures, by the name each has in a filter."""
    from wagtail.images import image_operations as its  # noqa: PLC0415 - models come after apps

    return [
        ("original", its.DoNothingOperation),
        ("fill", its.FillOperation),
        ("min", its.MinMaxOperation),
        ("max", its.MinMaxOperation),
        ("width", its.WidthHeightOperation),
        ("height", its.WidthHeightOperation),
        ("scale", its.ScaleOperation),
        ("jpegquality", its.JPEGQualityOperation),
        ("webpquality", its.WebPQualityOperation),
        ("avifquality", its.AvifQualityOperation),
        ("format", its.FormatOperation),
        ("bgcolor", its.BackgroundColorOperation),
    ]


class SnippetsConfig(_WithoutApi, WagtailSnippetsAppConfig):
    """What our models are in the newsroom."""
