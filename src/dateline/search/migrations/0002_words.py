from django.db import migrations

from dateline.search.indexes import fts5, tsvector


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [tsvector.TABLE, tsvector.INDEX]
    else:
        statements = [fts5.TABLE, fts5.KEPT]
    for statement in statements:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_words")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_kept")


class Migration(migrations.Migration):
    """The table of words, of which Django has no model: an index of the database's own kind."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, undo)]
