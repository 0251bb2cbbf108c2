"""The spellings of a dateline, and the sentences that only look like one."""

from datetime import date

import pytest

from dateline.standards.copy.dateline import complete, find_dateline

KNOWN = date(2008, 2, 14)
FEB_13 = date(2008, 2, 13)

# spelling, place, date, agency; each is followed by a story that begins with a capital letter.
SPELLINGS = [
    ("BRDO, February 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 (Agency) –", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 (Agency) —", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 (Agency) --", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 (Agency)-", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 (Agency):", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 -", "BRDO", FEB_13, None),
    ("BRDO, Feb. 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, Feb 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 13 February (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 13 Feb 2008 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 13th February, 2008 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13, 2008 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13th (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, Wednesday, February 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, Wed Feb 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 2008-02-13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 13.02.2008 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, 13/02/2008 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO February 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO. February 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO - February 13 (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO (Agency), February 13 -", "BRDO", FEB_13, "Agency"),
    ("(Agency) BRDO, February 13 -", "BRDO", FEB_13, "Agency"),
    ("February 13, BRDO (Agency) -", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 [Agency] -", "BRDO", FEB_13, "Agency"),
    ("BRDO, February 13 /Agency/ -", "BRDO", FEB_13, "Agency"),
    ("BRDO PRI KRANJU, 13 February 2008 /Agency/ --", "BRDO PRI KRANJU", FEB_13, "Agency"),
    ("BRDO, February 13 / Agency -", "BRDO", FEB_13, "Agency"),
    ("BRDO, Feb. 13, MERIDIAN -", "BRDO", FEB_13, "MERIDIAN"),
    ("BRDO, February 13 (Meridian News Agency) -", "BRDO", FEB_13, "Meridian News Agency"),
    ("BRDO, Slovenia, February 13 (Agency) -", "BRDO, Slovenia", FEB_13, "Agency"),
    ("BRDO (Slovenia), February 13 (Agency) -", "BRDO (Slovenia)", FEB_13, "Agency"),
    ("WASHINGTON, D.C., Feb. 13 (Agency) -", "WASHINGTON, D.C.", FEB_13, "Agency"),
    ("PORTLAND, Ore., Feb. 13 (Agency) -", "PORTLAND, Ore.", FEB_13, "Agency"),
    ("GROSSETO, Italy (AP) --", "GROSSETO, Italy", None, "AP"),
    ("PARIS (AP) —", "PARIS", None, "AP"),
    ("PARIS (Agency) —", "PARIS", None, "Agency"),
    ("PARIS —", "PARIS", None, None),
    ("LONDON/PARIS, Feb 13 (Agency) -", "LONDON/PARIS", FEB_13, "Agency"),
    ("LONDON/PARIS (Agency) -", "LONDON/PARIS", None, "Agency"),
    ("PORT-AU-PRINCE, Feb 13 (Agency) -", "PORT-AU-PRINCE", FEB_13, "Agency"),
    ("SAINT-DENIS-SUR-SEINE, 13 févr. (Agence) –", "SAINT-DENIS-SUR-SEINE", FEB_13, "Agence"),
    ("THE HAGUE, Feb 13 (Agency) -", "THE HAGUE", FEB_13, "Agency"),
    ("The Hague (AP) -", "The Hague", None, "AP"),
    ("A CORUÑA, 13 feb (Agencia) -", "A CORUÑA", FEB_13, "Agencia"),
    ("L'AQUILA, Feb 13 (Agency) -", "L'AQUILA", FEB_13, "Agency"),
    ("ÉVREUX, 13 février (Agence) -", "ÉVREUX", FEB_13, "Agence"),
    ("ŁÓDŹ, Feb. 13 (Agency) –", "ŁÓDŹ", FEB_13, "Agency"),
    ("PARIS, le 13 février 2008 (Agence) -", "PARIS", FEB_13, "Agence"),
    ("PARIS, 1er février (AFP) -", "PARIS", date(2008, 2, 1), "AFP"),
    ("Paris, mercredi 13 février 2008 (Agence) —", "Paris", FEB_13, "Agence"),
    ("Paris, 13 déc. (AFP) -", "Paris", date(2007, 12, 13), "AFP"),
    ("Berlin (dpa) -", "Berlin", None, "dpa"),
    ("Peine (dpa/lni) -", "Peine", None, "dpa/lni"),
    ("Frankfurt/Main (dpa) -", "Frankfurt/Main", None, "dpa"),
    ("Berlin, 13. Februar (dpa) -", "Berlin", FEB_13, "dpa"),
    ("Berlin, den 13. Februar 2008 (Agentur) –", "Berlin", FEB_13, "Agentur"),
    ("Wien, 13. Jänner (Agentur) -", "Wien", date(2008, 1, 13), "Agentur"),
    ("MADRID, 13 de febrero de 2008 (Agencia) -", "MADRID", FEB_13, "Agencia"),
    ("Madrid, 13 feb (EFE).-", "Madrid", FEB_13, "EFE"),
    ("Buenos Aires, 13 de febrero (Agencia) —", "Buenos Aires", FEB_13, "Agencia"),
    ("МОСКВА, 13 февраля (Агентство) —", "МОСКВА", FEB_13, "Агентство"),
    ("САРАЕВО, 13 февраля 2008 г. (Агентство) —", "САРАЕВО", FEB_13, "Агентство"),
    ("МОСКВА, 13 фев - РИА Новости.", "МОСКВА", FEB_13, "РИА Новости"),
    ("МОСКВА, 13 февраля. /ТАСС/.", "МОСКВА", FEB_13, "ТАСС"),
    ("Москва. 13 сент. INTERFAX.RU -", "Москва", date(2007, 9, 13), "INTERFAX.RU"),
    ("САНКТ-ПЕТЕРБУРГ, 13 февр. (Агентство) –", "САНКТ-ПЕТЕРБУРГ", FEB_13, "Агентство"),
    ("القاهرة، 13 فبراير (الوكالة) -", "القاهرة", FEB_13, "الوكالة"),
    ("القاهرة، ١٣ فبراير ٢٠٠٨ (الوكالة) -", "القاهرة", FEB_13, "الوكالة"),
    ("بيروت، ١٣ شباط (الوكالة) -", "بيروت", FEB_13, "الوكالة"),
    ("دبي 13 فبراير/شباط (رويترز) -", "دبي", FEB_13, "رويترز"),
    ("القاهرة في 13 فبراير /أ ش أ/ -", "القاهرة", FEB_13, "أ ش أ"),
    ("بغداد، 3 كانون الثاني 2008 (الوكالة) —", "بغداد", date(2008, 1, 3), "الوكالة"),
    ("الجزائر، 13 فيفري (واج) -", "الجزائر", FEB_13, "واج"),
    ("القاهرة (أ ف ب) -", "القاهرة", None, "أ ف ب"),
]

NOT_DATELINES = [
    "Paris - a city of light and of queues",
    "Paris - A city of light and of queues",
    "Paris — A city of light",
    "On February 13 (Friday) - he said - nothing happened",
    "On February 13 - the day of the talks - it snowed",
    "In Brdo, February 13 (Friday) - the day of the talks",
    "NATO (North Atlantic Treaty Organization) — The alliance met",
    "OSCE (Organization for Security and Co-operation in Europe) - The body met",
    "BREAKING — Leaders met",
    "UPDATE - Leaders met",
    "ANALYSIS: What the talks mean - and what they do not",
    "EU — The union met",
    "Ana Kovač (Labour) - who joined in 2004 - said no",
    "Oskar Kovač (SPD) - Der Minister sagte nein",
    "Novak (Independent) - The minister said no",
    "Monday, February 13 - Session of the council",
    "Exhibition, February 13 - March 2",
    "Until Friday, February 13 - Exhibition",
    "Valentine's Day, February 14 - Restaurants are full",
    "Kosovo's leaders - who met on February 13 (Friday) - said",
    "The leaders (all of them) - said no",
    "Ana Kovač, 13, of Brdo - who won the race - said",
    "Brdo, a village (population 200) - hosted the talks",
    "BRDO (population 200) — The village hosted the talks",
    "Ten years after the war, February 13 - a day of rain",
    "I - he said - am tired",
    "Read more - Subscribe",
    "Zagreb – Ljubljana train (EC 158) - The service starts",
    "LONDON–PARIS train services - The operator said",
    "Die Minister (CDU) - so heißt es - gingen",
    "Am 13. Februar (Freitag) - so heißt es - schneite es",
    "Le 13 février (vendredi) - il neigeait",
    "El 13 de febrero (viernes) - nevaba",
    "В Москве, 13 февраля (среда) - прошло заседание",
    "Президент (Иван) - сказал",
    "في القاهرة، 13 فبراير - قال الوزير",
    "Updated, February 13, 2008",
    "Wednesday, February 13, 2008",
    "February 13, 2008",
    "The border, the ferry and the school - three things",
    "13 February - 2 March 2008",
    "",
    "-",
    "(Agency) -",
]


@pytest.mark.parametrize(("spelling", "place", "day", "agency"), SPELLINGS)
def test_spelling_is_read(spelling, place, day, agency):
    found = find_dateline(f"{spelling} «Ministers» met on Wednesday.", known=KNOWN)
    assert found is not None
    read = found.dateline
    assert (read.place, read.date, read.agency) == (place, day, agency)
    assert read.raw == spelling
    assert found.rest == "«Ministers» met on Wednesday."


@pytest.mark.parametrize("sentence", NOT_DATELINES)
def test_sentence_is_left_alone(sentence):
    assert find_dateline(sentence, known=KNOWN) is None


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("BRDO, February 13 (Agency) -", "BRDO", "Agency"),
        ("BRDO, February 13 (Agency)", "BRDO", "Agency"),
        ("BRDO, February 13", "BRDO", None),
        ("Brdo, 13 February 2008", "Brdo", None),
        ("PARIS (Reuters)", "PARIS", "Reuters"),
        ("МОСКВА, 13 февраля (Агентство)", "МОСКВА", "Агентство"),
    ],
)
def test_dateline_alone_on_its_line(line, place, agency):
    found = find_dateline(line, known=KNOWN)
    assert found is not None
    assert (found.dateline.place, found.dateline.agency, found.rest) == (place, agency, "")


@pytest.mark.parametrize(
    ("known", "day"),
    [
        (date(2008, 12, 31), date(2008, 12, 31)),
        (date(2009, 1, 1), date(2008, 12, 31)),
        (date(2008, 12, 30), date(2008, 12, 31)),
        (date(2008, 12, 29), date(2007, 12, 31)),
        (None, None),
    ],
)
def test_missing_year_is_the_nearest_in_the_past(known, day):
    found = find_dateline("BRDO, December 31 (Agency) - Text", known=known)
    assert found is not None
    assert found.dateline.date == day
    assert found.dateline.year == (day.year if day else None)
    assert (found.dateline.month, found.dateline.day) == (12, 31)


def test_leap_day_without_a_leap_year_near_stays_open():
    found = find_dateline("BRDO, February 29 (Agency) - Text", known=date(2010, 3, 1))
    assert found is not None
    assert found.dateline.date is None


def test_completing_keeps_a_written_year():
    found = find_dateline("BRDO, February 13, 2007 (Agency) - Text", known=None)
    assert found is not None
    assert complete(found.dateline, date(2009, 1, 1)).year == 2007


def test_a_day_that_is_not_in_the_calendar_has_no_date():
    found = find_dateline("BRDO, February 30, 2008 (Agency) - Text", known=KNOWN)
    assert found is not None
    assert (found.dateline.place, found.dateline.date) == ("BRDO", None)


def test_city_is_the_place_without_its_region():
    found = find_dateline("GROSSETO, Italy (AP) -- The trial began.")
    assert found is not None
    assert found.dateline.city == "GROSSETO"
