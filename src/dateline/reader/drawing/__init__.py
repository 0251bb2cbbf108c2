"""Pictures drawn by the site itself: what a shared link looks like, and the icons."""
