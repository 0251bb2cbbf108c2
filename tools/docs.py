"""`python -m tools.docs`: write the reference pages that are made from the code.

A test compares them with what is committed, so that no setting, entry, effect, context or command
is without its paragraph.
"""

import inspect
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
_MADE = "<!-- Made by `python -m tools.docs`; edit the code, not this page. -->\n"


def _first(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split())


def settings_page() -> Iterator[str]:
    """Yield the page of settings."""
    from pydantic import SecretStr

    from dateline.config.settings_in_force import ENV_PREFIX
    from dateline.config.settings_table import Settings

    yield "# Settings\n"
    yield (
        "Write them in `dateline.toml` in the data folder, or give them in the environment under "
        "the name in brackets. `dateline doctor` shows those in force.\n"
    )
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "(generated)" if name == "secret_key" else _shown(default, SecretStr)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        unit = f" {extra['unit']}" if "unit" in extra else ""
        kind = getattr(field.annotation, "__name__", str(field.annotation))
        yield f"## {name}\n"
        yield f"{field.description}\n"
        yield f"Type {kind}, default `{shown}`{unit}. [`{ENV_PREFIX}{name.upper()}`]\n"


def _shown(default: object, secret: type) -> str:
    if isinstance(default, secret):
        return '""'
    if isinstance(default, list):
        return ", ".join(default)
    return str(default).lower() if isinstance(default, bool) else str(default)


def entries_page() -> Iterator[str]:
    """Yield the page of entries and of the effects that follow them."""
    import dateline.config.staff_urls  # noqa: F401 - loads every room, and its entries with it
    from dateline.journal.entries import Entry
    from dateline.publishing.effects import EFFECTS

    yield "# Entries and effects\n"
    yield (
        "Everything that happens to what readers can see is one entry in the journal, written in "
        "the transaction of the change. Everything that follows reads the journal with a cursor.\n"
    )
    yield "## Entries\n"
    for kind, entry in sorted(Entry.types.items()):
        yield f"### {kind}\n"
        yield f"{_first(entry.__doc__)}\n"
        names = ", ".join(f"`{one.name}`" for one in fields(entry))
        yield f"Audience {entry.audience.value}. Fields: {names}.\n"
        heard = [effect.name for effect in EFFECTS if effect.hears_type(entry)]
        yield f"Followed by: {', '.join(heard)}.\n"
    yield "## Effects\n"
    for effect in EFFECTS:
        kinds = sorted(
            kind for kind, one in Entry.types.items() if effect.hears and effect.hears_type(one)
        )
        hears = ", ".join(kinds) or "every entry"
        yield f"### {effect.name}\n"
        yield f"{effect.sentence}\n"
        yield f"Hears {hears}. Time limit {effect.time_limit.total_seconds():g} s an entry.\n"


def contexts_page() -> Iterator[str]:
    """Yield the page of what templates are given."""
    from dateline.reader import chat_law_contexts, contexts, list_contexts, live_contexts
    from dateline.reader.account import contexts as account_contexts
    from dateline.reader.letters import contexts as letter_contexts
    from dateline.reader.subscribe import contexts as subscribe_contexts

    yield "# Contexts\n"
    yield "What every page and partial of the reader's site is given.\n"
    named = vars(contexts) | vars(list_contexts) | vars(live_contexts)
    named |= vars(account_contexts) | vars(chat_law_contexts)
    named |= vars(letter_contexts) | vars(subscribe_contexts)
    for name, one in named.items():
        if not (inspect.isclass(one) and name.endswith("Context")):
            continue
        yield f"## {name}\n"
        yield f"{_first(one.__doc__)}\n"
        yield "| field | what it is |\n|---|---|"
        for field in fields(one):
            yield f"| `{field.name}` | {field.metadata['help']} |"
        yield ""


def commands_page() -> Iterator[str]:
    """Yield the page of commands."""
    import click

    from dateline.config.commands import commands

    yield "# Commands\n"
    yield "Each prints its help with `--help`. From a checkout they are called as `./dateline …`.\n"
    yield from _command("dateline", commands, click)
    yield "## dateline test, dateline check, dateline bench\n"
    yield "From a checkout only: every test, every check, the benchmarks.\n"


def _command(path: str, command: object, click: object) -> Iterator[str]:
    for name, one in sorted(command.commands.items()):  # type: ignore[attr-defined]
        full = f"{path} {name}"
        is_group = isinstance(one, click.Group)  # type: ignore[attr-defined]
        if not is_group or one.invoke_without_command:
            yield from _section(full, one, click)
        if is_group:
            yield from _command(full, one, click)


def _section(full: str, one: object, click: object) -> Iterator[str]:
    yield f"## {full}\n"
    yield f"{_first(one.help)}\n"  # type: ignore[attr-defined]
    for parameter in one.params:  # type: ignore[attr-defined]
        if isinstance(parameter, click.Option):  # type: ignore[attr-defined]
            yield f"- `{parameter.opts[0]}`: {parameter.help}"
        else:
            yield f"- `{parameter.name.upper()}`"
    yield f"\n{one.epilog}\n"  # type: ignore[attr-defined]


BUILT: dict[str, Callable[[], Iterator[str]]] = {
    "settings.md": settings_page,
    "entries.md": entries_page,
    "contexts.md": contexts_page,
    "commands.md": commands_page,
}


def page(name: str) -> str:
    """Return what one page should hold now."""
    return _MADE + "\n" + "\n".join(BUILT[name]()).rstrip() + "\n"


def main() -> None:
    """Write every page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATELINE_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
        import django

        django.setup()
        for name in BUILT:
            (PAGES / name).write_text(page(name), encoding="utf-8")


if __name__ == "__main__":
    main()
