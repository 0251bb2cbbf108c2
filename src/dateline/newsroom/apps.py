from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """A door: it parses a request, calls one action or query, and renders."""

    name = "dateline.newsroom"
    label = "newsroom"
