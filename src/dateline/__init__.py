"""Dateline: the whole of a news agency's publishing in one package."""
