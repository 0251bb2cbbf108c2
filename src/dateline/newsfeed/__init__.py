"""What the newsfeed shows, and the alert that stands over every page."""
