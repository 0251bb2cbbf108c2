from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """A door: it parses a request, calls one action or query, and renders."""

    name = "dateline.reader"
    label = "reader"
