"""Real documents: the IPTC suite, agencies' examples, parsers' test feeds, 38 languages."""

import contextlib
import json

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from dateline.standards.errors import CopyError
from dateline.standards.facts_json import facts_json
from dateline.standards.reading import read_document
from tests.standards.shared import WIREDATA, needs_wiredata

pytestmark = needs_wiredata

NINJS = WIREDATA / "ninjs"
SUITE = sorted(NINJS.glob("suite/*/*/*.json"))
EXAMPLES = sorted(
    path for path in NINJS.glob("examples/*/*.json") if not path.name.endswith(".expect.json")
)
FEEDS = sorted(path for path in (WIREDATA / "feeds").rglob("*") if path.is_file())

RTL = {"ar", "fa", "he", "ur", "ps", "prs", "ckb"}

# Why an item the schema refuses is still read: what is wrong does not decide about publication, and
# a story is not lost for it. The rest of should_fail is refused.
READ_WITH_A_WARNING = {
    "1.0/006_version_must_be_string": "/version",
    "1.0/007_pubstatus_cancelled": "/pubstatus",
    "1.0/013_person_not_string": "/person",
    "1.4/002_bad_contentcreated": "/contentcreated",
    "3.0/006_bad_urgency": "/urgency",
}
READ_WITHOUT_WHAT_IS_WRONG = {
    "1.0/003_malformed_property",
    "1.1/001_type_component",
    "1.2/004_infosource_bad_type",
    "1.3/002_headline_nonascii",
    "1.3/004_headline_dash",
    "2.1/001_bad_association",
    "2.1/002_good_association_but_no_name",
    "3.0/001_bad_geojson",
    "3.0/003_event_with_conflicting_start",
    "3.0/004_invalid_truncated_date",
    "3.0/005_planned_coverage_bad_urgency",
    "3.1/001_bad_digital_source",
}


def local_schemas() -> Registry:
    """Schemas that name each other by web address, found here instead."""
    files = [NINJS / "schema/GeoJSON-schema.json", *NINJS.glob("schema/ninjs-schema_1.*.json")]
    loaded = [json.loads(path.read_text()) for path in files]
    return Registry().with_resources(
        (schema.get("$id") or schema["id"], Resource.from_contents(schema, DRAFT202012))
        for schema in loaded
    )


def key_of(path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


def facts(path) -> dict:
    return facts_json(read_document(path.read_bytes(), name=path.name))


@pytest.mark.parametrize(
    "path", [one for one in SUITE if one.parent.name == "should_pass"], ids=key_of
)
def test_item_that_the_schema_passes_is_read(path):
    assert facts(path)["guid"] == json.loads(path.read_text())["uri"]


@pytest.mark.parametrize(
    "path", [one for one in SUITE if one.parent.name == "should_fail"], ids=key_of
)
def test_item_that_the_schema_refuses(path):
    key = key_of(path)
    if key in READ_WITH_A_WARNING:
        assert [one.split(":")[0] for one in facts(path)["warnings"]] == [READ_WITH_A_WARNING[key]]
    elif key in READ_WITHOUT_WHAT_IS_WRONG:
        assert facts(path)["items"] == 1
    else:
        with pytest.raises(CopyError):
            facts(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=key_of)
def test_schema_and_reader_agree_on_examples(path):
    document = json.loads(path.read_text())
    schema = json.loads((NINJS / f"schema/ninjs-schema_{path.parent.name}.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema, registry=local_schemas())
    assert validator.is_valid(document)
    assert facts(path)["guid"] == document["uri"]


@pytest.mark.parametrize("path", sorted(NINJS.glob("examples/*/*.expect.json")), ids=key_of)
def test_examples_give_the_facts_written_beside_them(path):
    expected = json.loads(path.read_text())["expect"]
    read = facts(path.with_name(path.name.removesuffix(".expect.json")))
    assert {key: read[key] for key in expected} == expected


def test_a_dateline_in_real_html():
    read = facts(NINJS / "examples/1.4/ninjsExComplex1.json")
    assert read["dateline_raw"] == "GROSSETO, Italy (AP) --"
    assert (read["dateline_city"], read["dateline_agency"]) == ("GROSSETO", "AP")
    assert read["body_paragraphs"] == 4
    assert read["body_first"].startswith("The trial of the captain")
    assert read["caption"].startswith("The Costa Concordia cruise ship lies on its side")


def test_every_feed_is_read_or_refused():
    refused = {}
    for path in FEEDS[::9]:
        try:
            facts(path)
        except CopyError as error:
            refused.setdefault(error.code, []).append(path.name)
    assert set(refused) <= {"dtd", "unknown-xml", "html", "bad-json", "unknown-json", "bad-xml"}
    assert sum(map(len, refused.values())) < len(FEEDS[::9]) * 0.05


@pytest.mark.slow
def test_every_feed_without_exception_is_read_or_refused():
    for path in FEEDS:
        with contextlib.suppress(CopyError):
            facts(path)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_news_in_38_languages_as_plain_copy(number):
    languages = json.loads((WIREDATA / f"multilingual/wikinews-{number}.json").read_text())["langs"]
    for language, (headline, *paragraphs) in languages.items():
        text = headline + "\n\n" + "\n\n".join(paragraphs)
        read = read_document(text.encode()).items[0]
        kept = " ".join(" ".join(block.text for block in read.body).split())
        assert read.headline
        assert len(read.body) == len(paragraphs), language
        assert read.dateline is None
        assert kept
        expected = "rtl" if language in RTL else "ltr"
        assert read.direction == expected, language
