"""Notifications as readers see them: their words, and which of them come when."""
