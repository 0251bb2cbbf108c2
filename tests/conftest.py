"""What every test stands on: a data folder and a database of its own."""

import os
from urllib.parse import urlsplit

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, to run on each kind of it; put files that take long first.

    Two processes share the files between them: who got a long one last would end alone.
    """
    for item in items:
        if item.get_closest_marker("django_db") is not None:
            item.add_marker(pytest.mark.database)
    long = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def own_memory(request: pytest.FixtureRequest) -> None:
    """Let no page of a test show the editions of the test before: undone changes ring nothing."""
    if request.node.get_closest_marker("database") is not None:
        from dateline.reader.memo import memo

        memo._values.clear()


@pytest.fixture
def own_tries(settings, tmp_path):
    """Count tries to log in for one test alone."""
    from dateline.people import logins

    settings.DATELINE_HOME = tmp_path
    logins._table.cache_clear()
    yield
    logins._table().close()
    logins._table.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def plain_static_files():
    """Use static files under their own names: a fresh checkout has collected and hashed none."""
    from django.conf import settings
    from django.test.utils import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with override_settings(STORAGES=storages, ALLOWED_HOSTS=["testserver", "localhost"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, plain_static_files: None, django_db_blocker
) -> None:
    """Give each test process a migrated database: from the template, or a new one on PostgreSQL."""
    from django.db import connection

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            _from_template()
        else:
            _new_postgresql(worker)
        connection.close()


def _from_template() -> None:
    from dateline.config.database import prepare_database

    prepare_database()


def _new_postgresql(worker: str) -> None:
    import psycopg
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    address = urlsplit(os.environ["DATELINE_TEST_DATABASE"])
    name = f"dateline_{worker}"
    with psycopg.connect(address.geturl(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    call_command("migrate", interactive=False, verbosity=0)
