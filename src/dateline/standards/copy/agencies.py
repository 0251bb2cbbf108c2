"""How an agency is recognised in a dateline: known names, nouns of the trade, short capitals."""

import re

from dateline.standards.copy.months import WEEKDAYS
from dateline.standards.text.words import words

_KNOWN = words(
    """aap aa adn afp ag agencies anadolu ani anp ansa ap apa apn ats belga beta bloomberg bta
    cp cna ctk čtk cns dapd ddp dpa dpa-afx dts efe epd fena hina interfax iansa ians inn
    irna isna itar-tass jiji kna kuna kyodo lusa map mena meridian mia mna mti notimex ntb
    ots pa pap petra pti reuters ria ritzau rt sana sda sid spa sta stt swissinfo tanjug tap
    tass telam tt una unian upi wafa wam xinhua yonhap тасс итар-тасс интерфакс риа рбк бета
    хина меридиан رويترز وام سانا واس كونا بترا معا واع وفا قنا بنا نوفوستي ميريديان
    الأناضول مينا أ.ف.ب أ.ب د.ب.أ"""
)
_NOUNS = re.compile(
    r"(?<!\w)(?:agency|agencies|news|press|wire|agentur\w*|\w*agentur|presse|\w*presse|agence|"
    r"agences|agencia|agencias|prensa|noticias|nachrichten\w*|агентств\w*|новости|пресс|телеграф|"
    r"وكالة|الوكالة|وكالات|أنباء|الأنباء|انباء)(?!\w)",
    re.IGNORECASE,
)
_SPACED_ARABIC = re.compile(r"^(?:[\u0621-\u064a]\s){1,3}[\u0621-\u064a]$")
_SHORT = re.compile(r"^(?:[A-ZА-ЯЁ]{2,6}|[a-z]{3}(?:[/-][a-z]{2,4})?)$")
_FOREIGN = re.compile(r"\d|\s[-–—]\s")
_ENDS_SENTENCE = re.compile(r"[.!?;:…]\s|[!?;:]$")


def may_be_agency(text: str) -> bool:
    """Say whether text in round brackets or slashes after a place can name an agency at all."""
    words = text.replace("/", " ").split()
    if not 1 <= len(words) <= 6 or len(text) > 48 or _FOREIGN.search(text):
        return False
    if any(word.strip(",.").casefold() in WEEKDAYS and len(word) > 3 for word in words):
        return False
    return not _ENDS_SENTENCE.search(text) and any(char.isalpha() for char in text)


def is_known_agency(text: str) -> bool:
    """Say whether the name alone is proof: on the list, or with a word such as agency or press."""
    parts = re.split(r"[/,–-]|\s", text.casefold())
    return (
        any(part in _KNOWN for part in (text.casefold(), *parts))
        or bool(_NOUNS.search(text))
        or bool(_SPACED_ARABIC.match(text))
    )


def looks_like_acronym(text: str) -> bool:
    """Say whether the name has the shape of an agency's code: `XYZ`, `dpa`, `dpa/lni`."""
    return bool(_SHORT.match(text))


def spells_out(text: str, acronym: str) -> bool:
    """Say whether the bracket only spells an acronym out: NATO (North Atlantic Treaty …)."""
    initials = "".join(word[0] for word in re.findall(r"\w+", text) if word[0].isupper())
    return len(acronym) > 1 and initials.casefold() == acronym.casefold()
