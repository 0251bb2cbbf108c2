"""Live coverage as random as the rest of the desk; drafts carry a mark that no page may show."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from dateline.live import actions
from dateline.live.errors import CoverageClosed, PostRefused
from dateline.live.models import LivePost, LiveStory
from dateline.stories.models import Story

which = st.integers(0, 50)


class RandomLive:
    """Rules about the posts of whatever stories are live; beside those of `RandomDesk`."""

    def coverage(self, number):
        rows = Story.objects.filter(pk__in=[known.number for known in self.stories], kind="live")
        found = list(rows.order_by("pk"))
        if not found:
            return None
        return actions.open_coverage(by=None, story=found[number % len(found)])

    def words(self, *, draft=False):
        self.marks += 1
        text = f"zq{self.marks}v998x" if draft else f"words {self.marks}"
        body = [{"type": "paragraph", "value": f"<p>So far {text}.</p>"}]
        return actions.PostCopy(headline=f"Post {text}", body=body)

    def post(self, number):
        posts = list(LivePost.objects.order_by("pk"))
        return posts[number % len(posts)] if posts else None

    @precondition(lambda self: self.stories)
    @rule(story=which, draft=st.booleans(), told=st.booleans())
    def write_post(self, story, draft, told):
        live_story = self.coverage(story)
        if live_story is None:
            return
        write = actions.write_post if draft else actions.send_post
        try:
            write(by=None, live_story=live_story, copy=self.words(draft=draft))
        except CoverageClosed:
            assert live_story.closed_at is not None
        self.after(told=told)

    @precondition(lambda self: LivePost.objects.exists())
    @rule(
        post=which,
        deed=st.sampled_from(["edit", "correct", "delete", "pin", "unpin", "mark", "summary"]),
        told=st.booleans(),
    )
    def change_post(self, post, deed, told):
        row = self.post(post)
        copy = self.words(draft=row.published_at is None)
        deeds = {
            "edit": lambda: actions.edit_post(by=None, post=row, copy=copy),
            "correct": lambda: actions.correct_post(by=None, post=row, text=f"Not {self.marks}."),
            "delete": lambda: actions.delete_post(by=None, post=row),
            "pin": lambda: actions.pin_post(by=None, post=row),
            "unpin": lambda: actions.unpin_post(by=None, post=row),
            "mark": lambda: actions.mark_key(by=None, post=row, is_key=not row.is_key),
            "summary": lambda: actions.save_summary(
                by=None, live_story=row.live_story, points=[f"Known {self.marks}."]
            ),
        }
        try:
            deeds[deed]()
        except PostRefused:
            assert row.state != "published"
        self.after(told=told)

    @precondition(lambda self: LiveStory.objects.exists())
    @rule(story=which, told=st.booleans())
    def close_or_reopen(self, story, told):
        rows = list(LiveStory.objects.order_by("pk"))
        row = rows[story % len(rows)]
        deed = actions.close_coverage if row.closed_at is None else actions.reopen_coverage
        deed(by=None, live_story=row)
        self.after(told=told)

    def live_addresses(self):
        for row in LiveStory.objects.filter(story__live=True).select_related("story__edition"):
            yield row.story.address
            yield f"/s/{row.story_id}/feed.xml"
