"""A newsroom with any number of stories, made by a seeded generator and kept for the next run."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from dateline.config.fingerprint import migrations_fingerprint

BATCH = 2000
SECTIONS, TOPICS, PEOPLE = 8, 200, 40


def cache_folder(name: str) -> Path:
    """Return where something made for these migrations is kept; the folder above it is there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline-bench"
    cache.mkdir(parents=True, exist_ok=True)
    return cache / f"{name}-{migrations_fingerprint()[:12]}"


def folder_of(count: int) -> Path:
    """Return the data folder with this many stories, made if it is not there."""
    folder = cache_folder(f"stories-3-{count}")
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        sys.stderr.write(f"making a newsroom of {count:,} stories ...\n")
        command = [sys.executable, "-m", "bench.many", str(folder), str(count)]
        subprocess.run(command, check=True, env=environment(folder))
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which a folder is the data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    return kept | {
        "DATELINE_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "dateline.config.settings",
    }


def main(folder: Path, count: int) -> None:
    """Fill a new data folder."""
    from dateline.config.commands.common import open_house

    open_house(folder)
    from bench.fill import fill

    fill(count, random.Random(count))
    (folder / "complete").touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
