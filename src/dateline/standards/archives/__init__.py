"""Archives of other systems to plain facts: WordPress, Ghost, feeds and saved pages."""
