"""What kind of markup a document is, told from its first characters."""

import re
from dataclasses import dataclass

from dateline.standards.errors import CopyError
from dateline.standards.text.words import words

_OPENING = re.compile(r"<([A-Za-z_][\w.:-]*)(?=[\s/>]|$)")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']")
_HTML_ROOTS = words(
    """html head body title meta link div p span a b i em strong u br hr img table tr td ul ol li
    h1 h2 h3 h4 h5 h6 script style iframe form input button center font header footer main nav
    section article svg math video audio object embed blockquote pre code noscript template base
    details marquee textarea select frameset applet isindex xss x"""
)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel", "entry"})
_OTHER_NEWS = {
    "newsml": "NewsML 1.2",
    "newsmessage": "NewsML-G2",
    "newsitem": "NewsML-G2",
    "packageitem": "NewsML-G2",
    "conceptitem": "NewsML-G2",
    "nitf": "NITF",
}
_TAG_IN_TEXT = re.compile(
    r"</?(?:p|div|span|br|a|script|table|tr|td|ul|ol|li|h[1-6]|img|html|head|body|style|iframe)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Markup:
    """The root element's local name, and whether a document type stands before it."""

    root: str
    doctype: bool
    line: int


def xml_text(data: bytes) -> str | None:
    """Give a look at the text of XML in any encoding, or None when the bytes are no markup.

    Bytes that the declared encoding cannot read are replaced: the parser has the last word.
    """
    start = data[:4].lstrip(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        look = data[:400].decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
        if look[:1] == "<" and "\0" not in look and look[1:2].isascii():
            break
    else:
        return None
    if encoding == "utf-8":
        declared = _DECLARED.match(data[:400].lstrip(b"\xef\xbb\xbf \t\r\n"))
        encoding = declared.group(1).decode() if declared else "utf-8"
    try:
        return data.decode(encoding, "replace").lstrip("\ufeff")
    except LookupError:
        return data.decode("utf-8", "replace") if start else None


def markup_in(text: str) -> Markup | None:
    """Look past declaration, comments, instructions and document type to the root element."""
    at, doctype = 0, False
    while at < len(text):
        at = _after_space(text, at)
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text[at : at + 9].lower() == "<!doctype":
            if re.match(r"<!doctype\s+html\b", text[at : at + 40], re.IGNORECASE):
                return Markup("html", True, text.count("\n", 0, at) + 1)
            at, doctype = _after_doctype(text, at), True
        elif text.startswith("<!", at):
            return Markup("!", True, text.count("\n", 0, at) + 1)
        else:
            break
    opening = _OPENING.match(text, at)
    line = text.count("\n", 0, at) + 1
    if opening:
        return Markup(opening.group(1).rpartition(":")[2].lower(), doctype, line)
    return Markup("", doctype, line) if text.lstrip("\ufeff \t\r\n")[:2] in ("<!", "<?") else None


def feed_root(markup: Markup) -> str:
    """Give the root's name when the markup is a feed that may be read.

    Raises:
        CopyError: `html`, `dtd` or `unknown-xml`.
    """
    where = f"line {markup.line}"
    if markup.root in _HTML_ROOTS:
        raise html_refusal(where)
    if markup.doctype:
        what = "the XML has a document type (DTD), which can hide entities and other files"
        raise CopyError("dtd", what, cure="send it without <!DOCTYPE …>", where=where)
    if markup.root in _FEED_ROOTS:
        return markup.root
    known = _OTHER_NEWS.get(markup.root)
    unknown = f"<{markup.root[:40]}> is XML of an unknown kind"
    what = f"the XML is {known}" if known else unknown if markup.root else "XML without an element"
    raise CopyError(
        "unknown-xml",
        f"{what}, which cannot be read",
        cure="send plain text, ninjs, RSS or Atom",
        where=where,
    )


def html_refusal(where: str) -> CopyError:
    """Make the refusal of HTML."""
    return CopyError(
        "html",
        "this is HTML, and reading whole pages is the work of the archive import",
        cure="save the page as text, or take the story's feed",
        where=where,
    )


def refuse_tags(text: str) -> None:
    """Refuse plain text with HTML tags in it: readers would see them as they stand.

    Raises:
        CopyError: `html`, with the line of the first tag.
    """
    found = [hit.start() for hit, _ in zip(_TAG_IN_TEXT.finditer(text), range(3), strict=False)]
    if len(found) == 3:
        raise html_refusal(f"line {text.count(chr(10), 0, found[0]) + 1}")


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n\ufeff":
        at += 1
    return at


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _after_doctype(text: str, at: int) -> int:
    close, subset = text.find(">", at), text.find("[", at)
    if 0 <= subset < close:
        close = text.find(">", max(text.find("]", subset), subset))
    return len(text) if close < 0 else close + 1
