"""An issue as it would leave now, for whoever puts it together."""

from dateline.reader.letters.newsletter import issue_letter
from dateline.reader.letters.writer import letter_of
from dateline.reader.present.furniture import furniture_of
from dateline.reader.views import speaking
from dateline.subscriptions.mail.compose import Letter
from dateline.subscriptions.models import Issue, Sending


def previewed(issue: Issue, sending: Sending) -> Letter:
    """Return the letter everybody would get, with gaps for what is each recipient's own."""
    with speaking(furniture_of(sending.edition.code)):
        because = str(issue.newsletter.subject)
        return letter_of(issue_letter(issue, sending), sending, because)
