"""Discussions as other systems export them: Disqus, WordPress, Coral, and our own open format."""
