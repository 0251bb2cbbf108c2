"""IPTC ninjs 1.0 to 3.1: news in JSON."""
