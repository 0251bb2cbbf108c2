"""What letters to subscribers say and look like; how they leave is the subscriptions' own."""
