"""How the trial of an issue's two subjects stands, for whoever puts it together and sends it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from dateline.subscriptions.enums import Variant
from dateline.subscriptions.models import Issue, Trial
from dateline.subscriptions.trial_queries import figures_now, trial_of
from dateline.subscriptions.trial_rules import Figures, is_telling


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """One of two subjects, how it does, and whether it is the one for the rest."""

    words: str
    figures: Figures
    has_won: bool


@dataclass(frozen=True, slots=True)
class TrialShown:
    """A trial as a screen shows it.

    Shape: `state` is `off`, `none`, `ready`, `running` or `decided`.
    """

    state: str
    trial: Trial | None = None
    subjects: tuple[SubjectShown, ...] = ()
    certainty: str = ""


def trial_shown(issue: Issue) -> TrialShown:
    """Return how the trial of an issue stands."""
    trial = trial_of(issue)
    if trial is None or (issue.sent_at is not None and trial.decides_at is None):
        return TrialShown("none" if settings.DATELINE.counts_opens or issue.sent_at else "off")
    if trial.decides_at is None:
        return TrialShown("ready" if settings.DATELINE.counts_opens else "off", trial)
    figures = figures_now(trial)
    state = "running" if trial.is_running else "decided"
    return TrialShown(state, trial, tuple(_subjects(trial, figures)), _certainty(figures))


def _subjects(trial: Trial, figures: dict[Variant, Figures]) -> Iterator[SubjectShown]:
    for variant, words in trial.subjects.items():
        yield SubjectShown(words, figures[variant], trial.won == variant)


def _certainty(figures: dict[Variant, Figures]) -> str:
    """Return in words how much the difference says."""
    if is_telling(figures[Variant.FIRST], figures[Variant.SECOND]):
        return _("Chance alone would make such a difference in fewer than one of twenty trials.")
    return _("Too few to tell: chance alone may have made this difference.")
