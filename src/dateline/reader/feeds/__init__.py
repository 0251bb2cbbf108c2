"""Feeds of the site: RSS 2.0, Atom and JSON Feed of every list of stories."""
