"""The doors of subscribing: asking for letters, agreeing, choosing, leaving; without an account."""
