"""People and topics of an archive: found by name, or made."""

from dateline.archive.report import Report
from dateline.archive.rules import LEAVE_OUT, Plan, fold
from dateline.people.actions import save_person
from dateline.people.models import Account, Person
from dateline.standards.archives.facts import Author
from dateline.stories.rules import address_slug
from dateline.topics.actions import save_topic
from dateline.topics.models import Edition, Topic, TopicAlias

_MOST = 50_000
_MOST_TOPICS = 30


class People:
    """Who is named in bylines; a rehearsal only counts who would be made."""

    def __init__(self, *, by: Account | None, plan: Plan, report: Report) -> None:
        self._by, self._plan, self._report = by, plan, report
        self._known: dict[str, Person | None] = {}
        self.is_rehearsal = False

    def named(self, authors: tuple[Author, ...]) -> list[Person]:
        """Return the people that authors are here, each once."""
        found = [self._person(author) for author in authors[:20]]
        return list({person.pk: person for person in found if person is not None}.values())

    def _person(self, author: Author) -> Person | None:
        plan = self._plan.authors
        name = plan.get(fold(author.key)) or plan.get(fold(author.name)) or author.name
        name = name.strip()[:120]
        if not name or name == LEAVE_OUT:
            return None
        if name not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            person = Person.objects.filter(name=name).order_by("pk").first()
            self._known[name] = person or self._made(name, author)
        return self._known[name]

    def _made(self, name: str, author: Author) -> Person | None:
        self._report.done["people made"] += 1
        if self.is_rehearsal:
            return None
        slug, number = address_slug(name)[:100], 2
        free = slug
        while Person.objects.filter(slug=free).exists():
            free, number = f"{slug}-{number}", number + 1
        person = Person(name=name, slug=free, description=author.about[:1000])
        return save_person(by=self._by, person=person)


class Topics:
    """What stories are about, by name within an edition; a rehearsal only counts."""

    def __init__(self, *, by: Account | None, edition: Edition, plan: Plan, report: Report) -> None:
        self._by, self._edition, self._plan, self._report = by, edition, plan, report
        self._known: dict[str, Topic | None] = {}
        self.is_rehearsal = False

    def named(self, tags: tuple[str, ...]) -> list[Topic]:
        """Return the topics that tags are here, each once."""
        found = [self._topic(tag) for tag in tags[:_MOST_TOPICS]]
        return list({topic.pk: topic for topic in found if topic is not None}.values())

    def _topic(self, tag: str) -> Topic | None:
        name = self._plan.topics.get(fold(tag), tag).strip()
        if not name or name == LEAVE_OUT or len(name) > 120:
            return None
        if name not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[name] = self._found(name) or self._made(name)
        return self._known[name]

    def _found(self, name: str) -> Topic | None:
        topics = Topic.objects.filter(edition=self._edition)
        alias = TopicAlias.objects.filter(name=name, topic__edition=self._edition).values("topic")
        found: Topic | None = topics.filter(slug=address_slug(name)[:120]).first()
        return found or topics.filter(pk__in=alias).first()

    def _made(self, name: str) -> Topic | None:
        self._report.done["topics made"] += 1
        if self.is_rehearsal:
            return None
        topic = Topic(edition=self._edition, name=name, slug=address_slug(name)[:120])
        return save_topic(by=self._by, topic=topic)
