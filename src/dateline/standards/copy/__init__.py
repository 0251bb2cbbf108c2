"""Plain-text copy and pages saved as text."""
