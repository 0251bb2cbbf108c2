"""Catalogues of translated strings: taken from the code, checked against it, compiled.

  python -m tools.catalogues [LANGUAGE…]   brings src/dateline/locale up to date and compiles it
  python -m tools.catalogues --check       says what is missing, stale or wrong, and changes nothing

Templates are read by Django's own parser, so that a message here is the one looked up at run time.
"""

import io
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dateline"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("ar", "ru")
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_FIELD = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*(?::\w+)?\}")
_MARKER = re.compile(r"\b(?:TODO|FIXME|XXX|TK|lorem|ipsum|placeholder text)\b|\?\?\?")
_ENDINGS = ":…?!"
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
Found = tuple[str | tuple[str, ...], str | None]
"""A message as catalogues know it: its text, or singular and plural, and its context."""


def messages() -> set[Found]:
    """Return every message of the package, from Python and from templates."""
    return set(_in_python()) | set(_in_templates())


def _in_python() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        with path.open("rb") as file:
            for _, text, _, context in extract("python", file, keywords=_KEYWORDS):
                yield (tuple(text) if isinstance(text, list | tuple) else text), context


def _in_templates() -> Iterator[Found]:
    from django.template import engines  # noqa: PLC0415 - needs the set-up below
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode  # noqa: PLC0415

    engine = engines["django"]
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        nodes = engine.from_string(path.read_text(encoding="utf-8")).template.nodelist
        for node in nodes.get_nodes_by_type(TranslateNode):
            if isinstance(node.filter_expression.var, str):
                continue
            literal = node.filter_expression.var.literal
            if literal:
                yield str(literal).replace("%%", "%"), _context(node)
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            singular = node.render_token_list(node.singular)[0]
            if node.plural:
                yield (singular, node.render_token_list(node.plural)[0]), _context(node)
            else:
                yield singular, _context(node)


def _context(node: object) -> str | None:
    given = getattr(node, "message_context", None)
    return str(given.resolve({})) if given else None


def path_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    # Without a date of its own a catalogue has the present one, and no two are the same.
    found.creation_date = found.revision_date = _NO_DATE
    return found


def updated(language: str, found: set[Found]) -> Catalog:
    """Return a catalogue with just the messages found; those already translated stay so."""
    known = read(language)
    made = Catalog(locale=language, header_comment=f"# Dateline in {language}.", fuzzy=False)
    for text, context in sorted(found, key=str):
        kept = known.get(text if isinstance(text, str) else text[0], context)
        is_same = kept is not None and _as_tuple(kept.id) == _as_tuple(text)
        made.add(text, kept.string if kept is not None and is_same else "", context=context)
    return made


def _as_tuple(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def problems(language: str, found: set[Found]) -> Iterator[str]:
    """Yield what is wrong with a catalogue, a line each."""
    known = {(_key(m), m.context): m for m in read(language) if m.id}
    wanted = {(_as_tuple(text), context) for text, context in found}
    for text, context in sorted(wanted - known.keys(), key=str):
        yield f"{language}: missing {text[0]!r}" + (f" ({context})" if context else "")
    for text, _ in sorted(known.keys() - wanted, key=str):
        yield f"{language}: stale {text[0]!r}"
    for key in sorted(wanted & known.keys(), key=str):
        yield from (f"{language}: {said} in {key[0][0]!r}" for said in _faults(known[key]))


def _key(message: Message) -> tuple[str, ...]:
    return _as_tuple(message.id)


def _faults(message: Message) -> Iterator[str]:
    ids, strings = _as_tuple(message.id), _as_tuple(message.string)
    if not all(strings):
        yield "no translation"
        return
    if message.fuzzy:
        yield "an unsure translation"
    needed, allowed = Counter(_FIELD.findall(ids[0])), set(_FIELD.findall(ids[-1]))
    for string in strings:
        given = _FIELD.findall(string)
        # A form for exactly one or two may leave its number out, as languages do.
        if not set(given) <= allowed if len(ids) > 1 else Counter(given) != needed:
            yield f"other fields than {sorted(needed)}"
        if _MARKER.search(string):
            yield "a marker of unfinished work"
        if ids[0][-1] in _ENDINGS and string[-1] not in _ENDINGS + "؟":
            yield "another ending"
        if ids[0].strip() != ids[0] and string.strip() == string:
            yield "no space at its edge"


def write(catalogue: Catalog, language: str) -> None:
    """Write a catalogue and its compiled form."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, no_location=True, omit_header=True, width=100)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: '
    head += f'{catalogue.plural_forms}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + text.getvalue().decode(), encoding="utf-8")
    compile_catalogue(language)


def compile_catalogue(language: str) -> None:
    """Write the form that is read at run time."""
    with path_of(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, read(language))


def is_compiled(language: str) -> bool:
    """Say whether the compiled form is that of the catalogue."""
    made = io.BytesIO()
    write_mo(made, read(language))
    path = path_of(language).with_suffix(".mo")
    return path.exists() and path.read_bytes() == made.getvalue()


def marked_templates() -> Iterator[str]:
    """Yield templates that hold a marker of unfinished work."""
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        found = _MARKER.search(path.read_text(encoding="utf-8"))
        if found:
            yield f"{path.relative_to(ROOT)}: {found[0]!r} is a marker of unfinished work"


def main(arguments: Sequence[str]) -> int:
    """Bring the catalogues up to date, or check them."""
    with tempfile.TemporaryDirectory(prefix="dateline-catalogues-") as home:
        os.environ["DATELINE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
        import django  # noqa: PLC0415 - reads the folder named above

        django.setup()
        found = messages()
    is_check = "--check" in arguments
    languages = [one for one in arguments if one in LANGUAGES] or list(LANGUAGES)
    for language in [] if is_check else languages:
        write(updated(language, found), language)
    said = [*marked_templates()]
    for language in languages:
        said += problems(language, found)
        if not is_compiled(language):
            said.append(f"{language}: the compiled catalogue is not that of the text")
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
