"""What the archive, the index of topics and a person's page are given; see `contexts`."""

from datetime import date, datetime
from typing import ClassVar

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    LinkContext,
    NewsfeedContext,
    PageContext,
    PictureContext,
    StoryCardContext,
    StorylineStepContext,
    context,
    says,
)


@context
class DayContext:
    """One cell of a calendar. Partial: `_month.html`."""

    label: str = says("Day of the month; empty where the week reaches out of it.", default="")
    url: str = says("The day's page; empty where it has no story.", default="")
    is_current: bool = says("Whether it is the day being read.", default=False)


@context
class MonthContext:
    """One month as a calendar. Partial: `_month.html`."""

    first: date | None = says("Its first day.", default=None)
    label: str = says("Its name, as `November 2008`.")
    url: str = says("The month's page; empty where it has no story.", default="")
    is_current: bool = says("Whether it is the page being read.", default=False)
    weekdays: tuple[tuple[str, str], ...] = says("Short and full names of a week's days.")
    weeks: tuple[tuple[DayContext, ...], ...] = says("Its weeks, seven days each.")


@context
class YearContext:
    """One year with its months, in the index of an archive. Partial: `_year.html`."""

    label: str = says("The year.")
    url: str = says("The year's page.")
    months: tuple[LinkContext, ...] = says("Twelve months; those without a story have no address.")


@context
class ArchiveContext:
    """Stories by day: the index of years, a year, a month or a day."""

    template: ClassVar[str] = "reader/archive.html"
    page: PageContext = says("Shared furniture.")
    title: str = says("Heading: the day, month or year in words, or `Archive`.")
    scope: LinkContext = says("Whose archive it is: the site, a section, a topic.")
    period: str = says("index, year, month or day.")
    years: tuple[YearContext, ...] = says("Given to the index, newest first.", default=())
    months: tuple[MonthContext, ...] = says(
        "The year's twelve months, or the one the page lies in.", default=()
    )
    stories: tuple[StoryCardContext, ...] = says("Of a month or day, newest first.", default=())
    older_url: str = says("The next page of the same period; empty at the end.", default="")
    earlier: LinkContext | None = says("The nearest one before that has stories.", default=None)
    later: LinkContext | None = says("The nearest one after that has stories.", default=None)


@context
class TopicLineContext:
    """One topic in the index. Partial: `_topic_line.html`."""

    label: str = says("The topic's name.")
    url: str = says("The topic's page.")
    kind_label: str = says("`Person`, `Place` … in the reader's language.", default="")


@context
class TopicGroupContext:
    """The topics that begin with one letter."""

    initial: str = says("The letter, or # for digits.")
    topics: tuple[TopicLineContext, ...] = says("In the order of their names.")


@context
class TopicsContext:
    """The index of topics, A to Z."""

    template: ClassVar[str] = "reader/topics.html"
    page: PageContext = says("Shared furniture.")
    kinds: tuple[LinkContext, ...] = says("The filter by kind.")
    initials: tuple[LinkContext, ...] = says("Every letter there is, with where it leads.")
    groups: tuple[TopicGroupContext, ...] = says("Topics by letter.")


@context
class StorylineContext:
    """A running story as a timeline. Partial: `_timeline.html`."""

    template: ClassVar[str] = "reader/storyline.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("What it is called.")
    standfirst: str = says("What it is about; plain text, may be empty.", default="")
    began_at: datetime | None = says("When its first story came out, aware.", default=None)
    ended_at: datetime | None = says("When it ended; None while it runs.", default=None)
    from_start: bool = says("Whether the oldest come first.", default=False)
    stories: tuple[StoryCardContext, ...] = says("In the order chosen.", default=())
    switch_url: str = says("The first page in the other order.")
    first_url: str = says("Back to the first page of this order; empty on it.", default="")
    next_url: str = says("The next page; empty at the end.", default="")


@context
class StorylineLineContext:
    """One storyline in the index. Partial: `_storyline_line.html`."""

    name: str = says("What it is called.")
    url: str = says("Its page.")
    standfirst: str = says("What it is about; plain text, may be empty.", default="")
    ended_at: datetime | None = says("When it ended; None while it runs.", default=None)
    latest: StorylineStepContext = says("Its latest story.")
    feed_url: str = says("Its feed.")


@context
class StorylinesContext:
    """The index of storylines, the one told of last first."""

    template: ClassVar[str] = "reader/storylines.html"
    page: PageContext = says("Shared furniture.")
    storylines: tuple[StorylineLineContext, ...] = says("Those with a story to read.", default=())
    first_url: str = says("Back to the first page; empty on it.", default="")
    next_url: str = says("The next page; empty at the end.", default="")


@context
class PersonContext:
    """Somebody whose name stands over stories, and the stories."""

    template: ClassVar[str] = "reader/person.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("The name as it is signed.")
    title: str = says("Such as `Diplomatic editor`.", default="")
    description: str = says("A sentence or two; plain text.", default="")
    portrait: PictureContext | None = says("The portrait.", default=None)
    stories: tuple[StoryCardContext, ...] = says("Newest first.", default=())
    older_url: str = says("The next page; empty at the end.", default="")


@context
class ChoiceContext:
    """One choice of a filter."""

    value: str = says("As it stands in the address.")
    label: str = says("In the reader's language.")
    key: str = says("As lines of the newsfeed carry it.", default="")
    is_chosen: bool = says("Whether it is chosen now.", default=False)


@context
class NewsfeedFilterContext:
    """What a newsfeed can be narrowed to. Partial: `_newsfeed_filter.html`."""

    url: str = says("Where the form leads.")
    sections: tuple[ChoiceContext, ...] = says("Every section, by path.", default=())
    kinds: tuple[ChoiceContext, ...] = says("The kinds of coverage.", default=())
    topics: tuple[ChoiceContext, ...] = says("What the newest stories are about.", default=())
    languages: tuple[ChoiceContext, ...] = says("Empty where there is only one.", default=())
    is_given: bool = says("Whether anything is chosen.", default=False)


@context
class NewsfeedPageContext:
    """The newsfeed as a page of its own."""

    template: ClassVar[str] = "reader/newsfeed.html"
    page: PageContext = says("Shared furniture.")
    feed: NewsfeedContext = says("The lines; the partial is the drawer's own.")
    filter: NewsfeedFilterContext = says("The form that narrows it.")
    is_first: bool = says("Whether it begins with the newest line.", default=True)
    newest_url: str = says("Back to the first page; empty on it.", default="")


@context
class NowContext:
    """What any open page asks for: the alert in force, and nothing around it."""

    template: ClassVar[str] = "reader/now.html"
    page: PageContext = says("Only edition, journal and alert are used.")


@context
class NewsletterLineContext:
    """One newsletter in the list of them."""

    title: str = says("What it is called.")
    url: str = says("The page of its past issues.")
    tagline: str = says("What it is, in a line; may be empty.", default="")


@context
class NewslettersContext:
    """The newsletters of an edition."""

    template: ClassVar[str] = "reader/newsletters.html"
    page: PageContext = says("Shared furniture.")
    newsletters: tuple[NewsletterLineContext, ...] = says("By title.", default=())


@context
class IssueLineContext:
    """One past issue of a newsletter in a list."""

    title: str = says("Its subject; the newsletter's title while it has no words.")
    preheader: str = says("What stood beside the subject; may be empty.", default="")
    url: str = says("Where it is read.")
    at: datetime = says("When it left, aware.")
    has_words: bool = says("False while its words may tell of a story that is gone.")


@context
class NewsletterContext:
    """A newsletter with its past issues."""

    template: ClassVar[str] = "reader/newsletter.html"
    page: PageContext = says("Shared furniture.")
    title: str = says("What it is called.")
    tagline: str = says("What it is, in a line; may be empty.", default="")
    issues: tuple[IssueLineContext, ...] = says("Newest first.", default=())
    newer_url: str = says("The page before; empty at the newest.", default="")
    older_url: str = says("The next page; empty at the end.", default="")


@context
class IssuePartContext:
    """Some stories of an issue under one heading."""

    heading: str = says("What stands over them; may be empty.", default="")
    stories: tuple[StoryCardContext, ...] = says("In their order.")


@context
class IssueContext:
    """One issue of a newsletter, as everybody may read it."""

    template: ClassVar[str] = "reader/newsletter_issue.html"
    page: PageContext = says("Shared furniture.")
    line: IssueLineContext = says("Subject, and when it left.")
    newsletter: LinkContext = says("What it is an issue of.")
    intro: SafeString = says("What the editor wrote, sanitised.")
    parts: tuple[IssuePartContext, ...] = says("Stories that readers may still see.", default=())
    sponsor: LinkContext | None = says("Who paid for a line in it.", default=None)
