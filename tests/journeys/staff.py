"""What somebody of the newsroom does on many journeys."""

COPY = """{headline}

The two delegations could not agree on the name of the province.

BRDO, February 13 (Agency) - Envoys of the two blocs left the castle of Brdo on Wednesday
without a common text on the status of Ostrel.

The talks had lasted eleven hours.
"""
PUBLISH = """
from dateline.stories.actions import Draft, publish_story, write_story
from dateline.topics.models import Section, Topic
topic = Topic.objects.get(edition__code="en", slug={topic!r})
draft = Draft(
    fields={{
        "section": Section.objects.get(edition=topic.edition, path="world"),
        "headline": {headline!r},
    }},
    body=[{{"type": "paragraph", "value": "<p>It began at noon.</p>"}}],
    topics=[topic],
)
publish_story(by=None, story=write_story(by=None, draft=draft))
"""


def take(newsroom, tmp_path, headline):
    file = tmp_path / "copy.txt"
    file.write_text(COPY.format(headline=headline))
    done = newsroom.do(
        "wire", "take", str(file), "--section", "world", "--publish", "--date", "2008-02-13"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def log_in(page, newsroom):
    name, password = newsroom.login
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/newsroom/stories/")


def publish(newsroom, headline, topic="ostrel"):
    newsroom.shell(PUBLISH.format(topic=topic, headline=headline))
