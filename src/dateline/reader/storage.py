"""Static files under names that hold a digest of what is in them."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Hashes names also where one module imports another, so that all of them can be immutable."""

    support_js_module_import_aggregation = True
    # One pass for each step of the longest chain of imports, and one to see that nothing changed.
    max_post_process_passes = 12
