"""Web push without a service in between: sealing, saying who sends, what the headers say."""
