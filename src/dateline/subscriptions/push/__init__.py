"""Notifications in browsers: what they say, when they may, and how they leave."""
