"""Bytes to text: what is refused unread, and which encoding the rest is in.

Order: byte order mark, then strict UTF-8, then UTF-16 without a mark by its pattern of zero bytes,
then the five legacy encodings news still travels in. A legacy encoding is a finding, not a
statement of the file, so it comes with a warning.
"""

import codecs
import re
from dataclasses import dataclass

from dateline.standards.errors import CopyError
from dateline.standards.text.clean import is_blank

MAX_BYTES = 5_000_000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (or a .docx, .odt or .epub document)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg media file"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = re.compile("[оеаинтсрвлкмдпу]")
_ARABIC = re.compile("[اليمنورتبعهدسفق]")
_LETTERS = re.compile(r"[^\W\d_]")
# What Latin-2 letters look like when they are read as Western: signs within words, a final è or æ.
_LATIN2_MISREAD = re.compile(
    "[A-Za-z][¹³¾¶±¿£¦ð]|[¹³¾¶±¿©®£¦ð][a-z]|[A-Za-z]{2}[èæ](?![A-Za-zÀ-ÿ])|[a-z]æ[a-z]"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in; `guessed` when the bytes do not prove it."""

    text: str
    encoding: str
    guessed: bool = False


def check_size(data: bytes) -> None:
    """Refuse an empty file, one above 5 MB, and anything with the signature of a binary format.

    Raises:
        CopyError: `empty`, `too-large` or `binary`.
    """
    if not data:
        raise CopyError("empty", "the file is empty", cure="send the copy again")
    if len(data) > MAX_BYTES:
        size = f"the file holds {len(data) / 1_000_000:.1f} MB, more than the limit of 5 MB"
        raise CopyError("too-large", size, cure="split it or send the text alone")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise CopyError(
                "binary", f"this is {name}, not text", cure="save it as text", where="byte 0"
            )


def decode(data: bytes) -> Decoded:
    """Turn the bytes of a text document into text.

    Raises:
        CopyError: `blank`, `binary` or `encoding`.
    """
    decoded = _decode(data)
    if is_blank(decoded.text.replace("\x00", "").replace("\ufeff", "")):
        raise CopyError("blank", "the file holds nothing but white space", cure="send the copy")
    return decoded


def _decode(data: bytes) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    wide = _wide_without_mark(data)
    if wide:
        return _strict(data, wide)
    _check_controls(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        what = f"the bytes are not {encoding.upper()}, which the mark at the start promises"
        raise CopyError(
            "encoding", what, cure="save the file as UTF-8", where=f"byte {error.start}"
        ) from None


def _wide_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if b"\x00" not in sample or len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _check_controls(data: bytes) -> None:
    hit = data.find(b"\x00")
    if hit < 0 and len(_CONTROLS.findall(data)) * 20 > len(data):
        found = _CONTROLS.search(data)
        hit = found.start() if found else 0
    if hit >= 0:
        what = "control bytes stand in the text, so this is a binary file"
        raise CopyError("binary", what, cure="save it as text", where=f"byte {hit}")


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    high = sum(byte > 0xBF for byte in data[:20000])
    letters = sum(chr(byte).isalpha() for byte in data[:20000] if byte < 0x80)
    names = ("cp1251", "cp1256", "koi8-r") if high > 0.5 * letters else ()
    scored = [(_score(data, name), name) for name in names]
    best = max(scored, default=(0.0, ""))
    if best[0] > 0.45:
        return Decoded(data.decode(best[1], "replace"), best[1], guessed=True)
    western = data.decode("cp1252", "replace")
    if _LATIN2_MISREAD.search(western):
        name = "cp1250" if re.search(rb"[\x80-\x9f]", data) else "iso-8859-2"
        return Decoded(data.decode(name, "replace"), name, guessed=True)
    if "\ufffd" in western or high > 0.5 * (letters + high):
        what = "the text is not UTF-8 and no other encoding of news copy fits"
        raise CopyError(
            "encoding", what, cure="save the file as UTF-8", where=f"byte {error.start}"
        )
    return Decoded(western, "cp1252", guessed=True)


def _score(data: bytes, encoding: str) -> float:
    """Share of the non-ASCII letters that are among a script's fifteen commonest, small ones."""
    text = data[:20000].decode(encoding, "replace")
    letters = [char for char in _LETTERS.findall(text) if ord(char) > 0x7F]
    common = (_ARABIC if encoding == "cp1256" else _CYRILLIC).findall(text)
    return len(common) / len(letters) if letters else 0.0
