"""Mail of a running newsroom: it is sent to nobody, each letter waits in the data folder."""

import re
import time
from email import message_from_bytes, policy


def newest_mail(newsroom, to):
    """Return the newest mail that was written for an address."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = sorted(
            (p for p in (newsroom.home / "mail").glob("*") if f"To: {to}" in p.read_text()),
            key=lambda p: p.stat().st_mtime_ns,
        )
        if found:
            return found[-1].read_text()
        time.sleep(0.1)
    raise AssertionError(f"no mail to {to}")


def code_for(newsroom, to):
    found = re.findall(r"^ +(\d{4} \d{4})$", newest_mail(newsroom, to), re.MULTILINE)
    return found[-1]


def letter_to(newsroom, mail, subject):
    """Return a letter of the demonstration's folder, as soon as it is there.

    A demonstration that has just begun reads hundreds of entries first.
    """
    end = time.monotonic() + 120
    while time.monotonic() < end:
        for file in (newsroom.home / "mail").glob("*.eml"):
            read = message_from_bytes(file.read_bytes(), policy=policy.default)
            if read["to"] == mail and subject in read["subject"]:
                return file.stem, read
        time.sleep(0.1)
    raise AssertionError(f"no letter to {mail} about {subject}")


def text_of(letter):
    return letter.get_body(preferencelist=("plain",)).get_content()


def link_in(letter, pattern):
    return re.search(rf"https?://\S*{pattern}\S*", text_of(letter))[0]
