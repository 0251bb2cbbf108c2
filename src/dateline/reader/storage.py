"""Static files under names that hold a digest of what is in them."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Hashes names also where one module imports another, so that all of them can be immutable."""

    support_js_module_import_aggregation = True
