"""Dateline: the whole of a news agency's publishing in one package."""

__version__ = "0.1.0"
