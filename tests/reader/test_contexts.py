import inspect
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
from django.template.loader import get_template

from dateline.reader import contexts, list_contexts, live_contexts
from dateline.reader.account import contexts as account_contexts
from dateline.reader.contexts import BlockContext, LinkContext, template_values

CONTEXTS = [
    value
    for module in (contexts, list_contexts, live_contexts, account_contexts)
    for name, value in inspect.getmembers(module, is_dataclass)
    if name.endswith("Context") and value.__module__.startswith(module.__name__)
]
FOLDER = Path(live_contexts.__file__).parent / "templates" / "reader"
WALL = 80


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
def test_every_field_says_what_it_is(context):
    assert inspect.getdoc(context)
    silent = [one.name for one in fields(context) if not one.metadata.get("help", "").strip()]
    assert silent == []


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.__name__)
def test_the_template_a_context_names_exists(context):
    name = getattr(context, "template", None)
    if name:
        assert get_template(name).template.name == name


def test_every_block_has_a_template_and_a_kind_of_its_own():
    kinds = [block.kind for block in get_args(BlockContext)]
    assert sorted(set(kinds)) == sorted(kinds)
    assert all(block.template.startswith("reader/_") for block in get_args(BlockContext))


def test_a_context_is_frozen_and_complete():
    link = LinkContext(label="World", url="/world/")
    with pytest.raises(FrozenInstanceError):
        link.label = "Culture"
    with pytest.raises(TypeError):
        LinkContext(label="World")
    assert template_values(link) == {
        "label": "World",
        "url": "/world/",
        "is_current": False,
        "language": "",
    }


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.name)
def test_a_template_stays_one_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= WALL
