"""Which words may be the place of a dateline, and which only look like one."""

import re

from dateline.standards.copy.months import MONTHS, WEEKDAYS
from dateline.standards.text.words import words

_PARTICLES = words(
    """a am an and aan au aux bei bin by d da dal das de del della den der des di do dos du e
    el en i im in is ka kod la las le les los na nad near o of on op ob ouest pod pri s sous
    st sur te the u und und upon v von vor y z za zu zum zur и на под при у в об от о близ у
    де ла و في قرب بن أبو ad al as el es ul ash"""
)
# Words that open a sentence or a label, never a place.
_NEVER_FIRST = words(
    """a about after all also although an and as at because before but by during for from he
    her his how if in into it its last later meanwhile most next no not on one only or our
    she since so some such that the their then there these they this those today tomorrow
    under until up updated update we what when where which while who why with yesterday you
    correction published posted source sources breaking exclusive watch video photo photos
    live analysis opinion explainer factbox timeline interview review editorial profile
    chronology flash urgent alert bulletin advisory embargo embargoed note notes editors
    slug by please subscribe share read der die das ein eine er sie es wir ich ihr am im in
    auf aus bei mit nach seit von vor wenn weil und oder aber heute gestern morgen laut eil
    eilmeldung bericht zusammenfassung analyse kommentar hintergrund foto korrektur
    aktualisiert stand le la les un une il elle ils elles nous vous je on ce cette ces dans
    en par pour sur depuis selon mais et ou après avant hier demain vidéo urgent dépêche
    analyse entretien portrait lundi los las uno una él ella ellos nosotros yo este esta
    estos con desde según pero por para ayer hoy mañana urgente vídeo análisis entrevista
    foto actualizado он она они мы вы я это в во на по из с со за от до как что когда где но
    и или если после вчера сегодня завтра срочно видео фото обновлено внимание аналитика
    интервью молния источник في من على إلى عن هذا هذه هو هي هم نحن كان قال وقال ثم بعد قبل
    عاجل فيديو صور"""
) - {"la", "le", "les", "los", "las"}
_LABELS = words(
    """nato un eu usa us uk uno osce opec imf who wto g7 g8 g20 gdp ceo fifa uefa nba nfl
    unesco unicef nasa fbi cia aids covid hiv rip ok tv pm mp mps faq diy ue otan onu oms
    ocde ong fmi pib svd eu-kommission cdu csu spd fdp övp spö fpö psoe pp ес нато оон сша
    рф снг обсе мвф воз вто евросоюз"""
)
# Articles that begin a place in capitals, and places that keep theirs in small letters.
_ARTICLES = frozenset({"a", "an", "as", "das", "die", "the"})
_WITH_ARTICLE = ("the hague", "the valley", "the bottom", "a coruña", "an najaf", "as suwayda")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.){1,4}[^\W\d_]?\.?$")
_PLACE = re.compile(r"^[^\W\d_][\w'’ʼ`.\-–,،/ ]*[\w.]$")
_SPLIT = re.compile(r"\s*[/–]\s*|\s+(?:and|und|et|y|и)\s+|\s*[,،]\s*")


def is_place(text: str, *, most_words: int = 7) -> bool:
    """Say whether the text has the shape of a place, or of two with a slash between them."""
    if not 2 <= len(text) <= 70 or not _PLACE.match(text) or any(map(str.isdigit, text)):
        return False
    words = re.split(r"[\s/]+", text)
    first = words[0].casefold().strip(",،.'’")
    if first in _ARTICLES and (text.isupper() or text.casefold().startswith(_WITH_ARTICLE)):
        first = ""
    if len(words) > most_words or first in _NEVER_FIRST or first in WEEKDAYS or first in MONTHS:
        return False
    if re.search(r"['’]s(?:\s|$)", text):
        return False
    return all(_is_place_part(part) for part in _SPLIT.split(text) if part)


def is_all_capitals(text: str) -> bool:
    """Say whether the place (before any region) is in capitals, in a script that has them."""
    city = re.split(r"[,،]", text)[0]
    letters = [char for char in city if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() or char == "ß" for char in letters)


def is_label(text: str) -> bool:
    """Say whether capitals are a common acronym or a headline label rather than a place."""
    return text.casefold() in _LABELS or len(text) < 3


def _is_place_part(part: str) -> bool:
    words = part.split()
    if not words or len(words) > 5:
        return False
    return all(_is_place_word(word, last=word is words[-1]) for word in words)


def _is_place_word(word: str, *, last: bool) -> bool:
    bare = word.strip(".'’-–")
    if not bare:
        return False
    if _INITIALS.match(word):
        return True
    if "." in word.rstrip("."):
        return False
    head = bare.lstrip("'’ʼ")[:1]
    uncased = head.upper() == head.lower()
    elided = re.match(r"^[dls][’'](.)", word.casefold()) is not None
    inner = any(char.isupper() for char in bare[1:])
    return (
        head.isupper() or uncased or elided or inner or (bare.casefold() in _PARTICLES and not last)
    )
