"""The past issues of a newsletter as the items of a feed."""

from django.conf import settings
from django.template.loader import render_to_string

from dateline.press.touch import touch
from dateline.reader.feeds.shapes import Feed, FeedItem
from dateline.reader.feeds.text import absolute, legal, tag_uri
from dateline.reader.newsletters import issue_context, line_of
from dateline.reader.visit import Visit
from dateline.subscriptions.models import Issue
from dateline.subscriptions.newsletter_queries import newsletter_at, past_issues

MOST = 20


def newsletter_feed(visit: Visit, slug: str) -> Feed | None:
    """Return the feed of a newsletter's past issues, or None where there is no such newsletter."""
    edition, chosen = visit.furniture.edition, settings.DATELINE
    newsletter = newsletter_at(edition, slug)
    if newsletter is None:
        return None
    touch(str(newsletter.subject))
    return Feed(
        title=legal(f"{edition.name}: {newsletter.title}"),
        description=legal(newsletter.tagline),
        url=chosen.base_url + visit.path,
        home=chosen.base_url + newsletter.address,
        site=chosen.base_url + edition.prefix,
        language=edition.language,
        agency=legal(edition.agency),
        hub=chosen.hub_url,
        items=tuple(_item(one, visit) for one in past_issues(newsletter)[:MOST]),
    )


def _item(issue: Issue, visit: Visit) -> FeedItem:
    base, line = settings.DATELINE.base_url, line_of(issue, visit)
    html = render_to_string("reader/feeds/_issue.html", {"issue": issue_context(visit, issue)})
    return FeedItem(
        guid=tag_uri(base, f"{line.at:%Y-%m-%d}", f"issue-{issue.pk}"),
        url=base + line.url,
        headline=legal(line.title),
        summary=legal(line.preheader),
        html=legal(absolute(html, base).strip()),
        language=visit.furniture.edition.language,
        published_at=line.at,
        updated_at=max(line.at, issue.changed_at),
        authors=(),
        categories=(),
        picture=None,
    )
