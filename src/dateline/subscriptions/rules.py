"""Rules of following and of sending: values in, answer out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateline.subscriptions.enums import Cause, Followed, Pace, State

RANKS = {
    "story": "1",
    "live": "1",
    "breaking": "1",
    "replies": "1",
    "newsletter": "1",
    "storyline": "2",
    "topic": "3",
    "person": "4",
    "section": "5",
}
LAST_RANK = "6"
"""Rank of a whole edition: of all reasons to be written to, the one that says least."""

MOST_TRIES = 8
_A_LITTLE = timedelta(seconds=1)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
MOST_SOFT_BOUNCES = 5
_SUBJECT = re.compile(rf"(?P<kind>{'|'.join(Followed.values)}):(?P<name>[\w-]{{1,48}})")
_AT_ONCE = frozenset({"breaking", "replies", "newsletter", "story", "live"})
_IN_ANY = frozenset({"breaking", "replies", "newsletter"})
_MOST_DIGITS = 18
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_SECRET = re.compile(r"(/(?:letters(?:/move|/feed)?|subscribe/confirm)/)[^/?#]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be followed, in its parts: `topic` and `88`, `front` and `en`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def rank(self) -> str:
        """Return how well it explains a letter: the lower, the better."""
        return RANKS.get(self.kind, LAST_RANK)

    @property
    def comes_at_once(self) -> bool:
        """Say whether it is heard of at once alone: no digest gathers what is about one thing."""
        return self.kind in _AT_ONCE

    @property
    def has_language(self) -> bool:
        """Say whether it is followed in each language apart; the rest says itself whose it is."""
        return self.kind not in _IN_ANY

    @property
    def number(self) -> int | None:
        """Return the number of what it names; None for an edition's code."""
        is_number = self.name.isdecimal() and self.name.isascii()
        return int(self.name) if is_number and len(self.name) <= _MOST_DIGITS else None


def subject_of(text: str) -> Subject | None:
    """Return a subject as it is stored or stands in a link, or None for anything else."""
    found = _SUBJECT.fullmatch(text)
    if found is None:
        return None
    subject = Subject(found["kind"], found["name"])
    is_edition = subject.kind in {"front", "breaking"}
    return subject if is_edition == (subject.number is None) else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt to deliver.

    Shape: `pause` says how long to wait before the next try, for one that is planned again;
        `counts` is false where nothing was tried, since its domain or the server is resting.
    """

    delivery: int
    state: State
    cause: str = ""
    answer: str = ""
    pause: timedelta = timedelta(0)
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody has left, and when: everything, or one subject after the other."""

    everything: datetime | None = None
    subjects: Mapping[str, datetime] = field(default_factory=dict)

    def lets_stand(self, subject: str, asked_at: datetime) -> bool:
        """Say whether something was asked for after it was left, so that it stands."""
        left = (self.everything, self.subjects.get(subject))
        return all(at is None or at < asked_at for at in left)


def rarer(one: Pace, other: Pace) -> Pace:
    """Return the pace at which somebody hears less often."""
    order = list(Pace)
    return max(one, other, key=order.index)


def retraction_key(sending: int) -> str:
    """Return what names the sending that takes another one back."""
    return f"retraction:{sending}"


def story_retraction_key(story: int) -> str:
    """Return what names the sending that takes back all that went out about a story."""
    return f"retraction:story:{story}"


def waits(delivery: int, cause: Cause, until: datetime, now: datetime) -> Outcome:
    """Return that a delivery waits for something until an instant, or a second where that is past.

    Nothing was tried.
    """
    pause = max(until - now, _A_LITTLE)
    return Outcome(delivery, State.PLANNED, cause, "", pause, counts=False)


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after the n-th temporary refusal: 1, 4, 16, 64, then 240 minutes."""
    pause: timedelta = FIRST_PAUSE * 4 ** min(max(tries, 1) - 1, 5)
    return min(pause, LONGEST_PAUSE)


_THROTTLES = frozenset({421, 450, 451, 452})
_FIRST_SLOW, _LONGEST_SLOW = timedelta(seconds=15), timedelta(minutes=15)


def is_throttle(code: int) -> bool:
    """Say whether an answer that names no recipient means: not so many, not now."""
    return code in _THROTTLES


def slow_down(times: int) -> timedelta:
    """Return how long to wait after the n-th time in a row: 15 s, 30 s, then up to 15 minutes."""
    pause: timedelta = _FIRST_SLOW * 2 ** min(max(times, 1) - 1, 6)
    return min(pause, _LONGEST_SLOW)


def cause_of(code: int, answer: str) -> str:
    """Return by which word a server's refusal is grouped: `550 5.1.1`, or `550` alone."""
    enhanced = _ENHANCED.search(answer)
    return f"{code} {enhanced[0]}" if enhanced else str(code)


def after_refusal(*, delivery: int, tries: int, code: int, answer: str) -> Outcome:
    """Return what follows a server's refusal: 4xx is tried again, 5xx is final."""
    cause = cause_of(code, answer)
    if 400 <= code < 500:
        return again(delivery, tries, cause, answer)
    return Outcome(delivery, State.BOUNCED, cause, answer[:500])


def not_written(delivery: int, tries: int, error: Exception) -> Outcome:
    """Return what follows when nothing could be written: it waits, but not for ever."""
    return again(delivery, tries, Cause.NOT_WRITTEN, repr(error))


def again(
    delivery: int, tries: int, cause: str, answer: str, *, least: timedelta = timedelta(0)
) -> Outcome:
    """Return what follows a try that failed for now: another one later, until there were enough."""
    if tries + 1 < MOST_TRIES:
        pause = max(pause_after(tries + 1), least)
        return Outcome(delivery, State.PLANNED, cause, answer[:500], pause)
    return Outcome(delivery, State.BOUNCED, cause, answer[:500])


def domain_of(mail: str) -> str:
    """Return the domain of a mail address."""
    return mail.rpartition("@")[2]


_HARD = re.compile(r"55[0134](?: 5\.1\.\d+| 5\.2\.1)?")


def is_hard(cause: str) -> bool:
    """Say whether a refusal means that the address does not exist, not that the letter is unwanted.

    `550 5.1.1` does, `550` alone too; `550 5.7.1` (policy) and `552 5.2.2` (full) do not.
    """
    return _HARD.fullmatch(cause) is not None


def digest_moment(now: datetime, *, pace: Pace, zone: ZoneInfo, hour: int) -> datetime:
    """Return when a digest was last due: today at an hour or yesterday, or a Monday's for a week's.

    An hour that the clock leaves out in spring is the one after it; one that comes twice is the
    first.
    """
    local = now.astimezone(zone)
    on = local.date()
    if pace == Pace.WEEKLY:
        on -= timedelta(days=on.weekday())
    moment = datetime.combine(on, time(hour), zone)
    step = digest_span(pace)
    return moment if moment <= local else datetime.combine(on - step, time(hour), zone)


def digest_span(pace: Pace) -> timedelta:
    """Return how far apart two digests are."""
    return timedelta(days=7 if pace == Pace.WEEKLY else 1)


REPLIES_EVERY = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def replies_subject(reader: int) -> Subject:
    """Return what a reader follows who is written to about replies to them: nobody else may."""
    return Subject("replies", str(reader))


def replies_moment(at: datetime, reader: int) -> datetime:
    """Return when a reader is written to about a reply: the end of their hour that it came in.

    Hours of readers begin at different minutes, so that their letters do not leave all at once.
    """
    begun = _EPOCH + timedelta(minutes=reader % 60)
    moment: datetime = at + REPLIES_EVERY - (at - begun) % REPLIES_EVERY
    return moment


def without_secret(page: str) -> str:
    """Return an address of a page without what opens it: a signed link is its reader's alone."""
    return _SECRET.sub(r"\1…", page)
