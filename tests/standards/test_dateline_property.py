"""A dateline built from parts reads back to the same parts."""

from datetime import date

from babel.dates import get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.standards.copy.dateline import find_dateline
from dateline.standards.copy.months import MONTHS
from dateline.standards.reading import read_document

PLACES = {
    "en": ["BRDO", "NEW YORK", "PORT-AU-PRINCE", "Ljubljana", "St. Moritz", "LONDON/PARIS"],
    "de": ["BERLIN", "Frankfurt am Main", "Köln", "ÜBERLINGEN"],
    "fr": ["PARIS", "ÉVREUX", "Saint-Denis", "L'ISLE-SUR-LA-SORGUE"],
    "es": ["MADRID", "Ciudad de México", "A CORUÑA"],
    "ru": ["МОСКВА", "Нижний Новгород", "САНКТ-ПЕТЕРБУРГ"],
    "ar": ["القاهرة", "بيروت", "الدار البيضاء"],
}
AGENCIES = {
    "en": [None, "Agency", "AP", "Meridian News Agency"],
    "de": [None, "dpa", "Agentur"],
    "fr": [None, "Agence", "AFP"],
    "es": [None, "Agencia", "EFE"],
    "ru": [None, "Агентство", "ТАСС"],
    "ar": [None, "الوكالة", "أ ف ب"],
}
PATTERNS = {
    "en": ["{month} {day}{year}", "{day} {month}{year}"],
    "de": ["{day}. {month}{year}"],
    "fr": ["{day} {month}{year}", "le {day} {month}{year}"],
    "es": ["{day} de {month}{year}"],
    "ru": ["{day} {month}{year}"],
    "ar": ["{day} {month}{year}"],
}


@st.composite
def built(draw):
    language = draw(st.sampled_from(sorted(PLACES)))
    place = draw(st.sampled_from(PLACES[language]))
    agency = draw(st.sampled_from(AGENCIES[language]))
    day = draw(st.dates(date(1990, 1, 1), date(2030, 12, 28)))
    with_year = draw(st.booleans())
    month = get_month_names("wide", "format", language)[day.month]
    pattern = draw(st.sampled_from(PATTERNS[language]))
    year = (", " if pattern.startswith("{month}") else " ") + str(day.year) if with_year else ""
    written = pattern.format(month=month, day=day.day, year=year)
    comma = "،" if language == "ar" else ","
    by = draw(st.sampled_from(["({})", "/{}/"])).format(agency) if agency else ""
    dash = draw(st.sampled_from(["-", "–", "—", "--"]))
    return f"{place}{comma} {written} {by}".strip() + f" {dash}", place, day, agency


@given(built())
@settings(max_examples=100, deadline=None)
def test_parts_come_back(parts):
    raw, place, day, agency = parts
    found = find_dateline(f"{raw} “Text” follows.", known=day)
    assert found is not None
    read = found.dateline
    assert (read.place, read.date, read.agency) == (place, day, agency)
    assert (read.raw, found.rest) == (raw, "“Text” follows.")


@given(built(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_copy_keeps_every_word_after_the_dateline(parts, alone):
    raw, place, day, _ = parts
    text = f"Headline of the day\n\n{raw}{chr(10) if alone else ' '}“First” words.\n\nLast words."
    facts = read_document(text.encode(), document_date=day).items[0]
    assert facts.dateline is not None
    assert facts.dateline.place == place
    assert [block.text for block in facts.body] == ["“First” words.", "Last words."]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_kept_or_cut_at_a_dateline(text):
    found = find_dateline(text)
    assert found is None or text[: found.end].strip() == found.dateline.raw


def test_months_of_the_locale_data_are_known():
    for language in PLACES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    assert MONTHS[name.casefold().rstrip(".")] == number
