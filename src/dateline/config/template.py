"""Make the shipped template database anew: `python -m dateline.config.template`."""

import os
import tempfile


def main() -> None:
    """Migrate an empty database in a folder of its own and pack it into the package."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATELINE_HOME": folder, "DATELINE_DATABASE": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
        os.mkdir(f"{folder}/run")

        import django  # noqa: PLC0415 - after the environment is set

        django.setup()
        from dateline.config.database import build_template  # noqa: PLC0415 - needs Django

        build_template()


if __name__ == "__main__":
    main()
