"""Wagtail's apps without its web API, which we do not offer; its schemas cost a quarter second.

Each registers itself there when it is ready, whether the API is installed or not.
"""

import sys
from types import ModuleType, SimpleNamespace

from django.apps import AppConfig
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


class SnippetsConfig(_WithoutApi, WagtailSnippetsAppConfig):
    """What our models are in the newsroom."""
