from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from dateline.common import clock
from dateline.live import actions
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story
from tests.live.coverage import Coverage, copy

pytestmark = pytest.mark.django_db
LIST = "/newsroom/live/"
JSON = {"HTTP_ACCEPT": "application/json", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def live(room):
    story = a_published_story(room, "Live: the Council meets", kind="live")
    return Coverage(room, story, actions.open_coverage(by=room.editor, story=story))


@pytest.fixture
def screen(live):
    return f"{LIST}{live.story.pk}/"


@pytest.fixture
def desk(client, room):
    client.force_login(room.editor)
    return client


def signed_in(client, *rights):
    account = Account.objects.create_user("anna", password="a-long-pass-phrase", is_staff=True)
    names = ["access_admin", *rights]
    account.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(account)
    return account


def states(live):
    return list(live.live_story.posts.order_by("pk").values_list("headline", "state"))


def test_the_list_says_what_to_do_and_opens_coverage(desk, room):
    story = a_published_story(room, "Live: the vote", kind="live")
    assert "No coverage is running. Open one below" in desk.get(LIST).text
    answer = desk.post(LIST, {"story": story.pk})
    assert answer["Location"] == f"{LIST}{story.pk}/"
    text = desk.get(LIST).text
    assert f'href="{LIST}{story.pk}/"' in text
    assert "Every story of the kind live has its coverage." in text
    assert desk.post(LIST, {"story": 99999}).status_code == 200


def test_a_coverage_is_opened_from_a_template(desk, live):
    actions.save_as_template(by=None, live_story=live.live_story, name="Council")
    live.write("Doors open", headline="Doors")
    data = {"template": live.live_story.pk, "headline": "Live: Council again"}
    answer = desk.post(LIST, data, follow=True)
    made = Story.objects.get(headline="Live: Council again")
    assert answer.redirect_chain == [(f"{LIST}{made.pk}/", 302)]
    assert "Readers do not see this coverage" in answer.text
    assert "Doors open" in answer.text


def test_a_form_publishes_saves_submits_and_schedules(desk, live, screen):
    at = clock.now() + timedelta(hours=2)
    data = {"text": "It **passed**.\n\n> Done.\n-- Anna, chair", "headline": "Passed"}
    answer = desk.post(screen, data | {"action": "publish", "is_key": "on", "is_pinned": "on"})
    post = LivePost.objects.get()
    assert answer["Location"] == f"{screen}#post-{post.key}"
    assert (post.state, post.is_key, post.is_pinned) == ("published", True, True)
    assert [part["type"] for part in post.body.raw_data] == ["paragraph", "quote"]
    for deed in ("draft", "submit", "schedule"):
        desk.post(
            screen, {"headline": deed, "action": deed, "at": f"{at:%Y-%m-%dT%H:%M}"}, follow=True
        )
    assert states(live) == [
        ("Passed", "published"),
        ("draft", "draft"),
        ("submit", "submitted"),
        ("schedule", "scheduled"),
    ]
    text = desk.get(screen).text
    assert "<b>passed</b>" in text
    assert text.count('data-in="submitted"') == 1


def test_what_is_refused_is_said_and_what_was_typed_is_still_there(desk, live, screen):
    data = {"action": "publish", "text": "See\n\n[picture 99999]", "headline": "Seen"}
    answer = desk.post(screen, data)
    assert answer.status_code == 422
    assert "There is no picture 99999." in answer.text
    assert "[picture 99999]</textarea>" in answer.text
    told = desk.post(screen, data, **JSON)
    assert (told.status_code, told.json()["fields"]) == (
        422,
        {"text": "There is no picture 99999."},
    )
    empty = desk.post(screen, {"action": "publish"}, **JSON)
    assert (empty.status_code, empty.json()["code"]) == (422, "live-post-not-ready")
    bare = desk.post(screen, {"action": "publish"})
    assert "This post is empty" in bare.text
    assert desk.post(screen, {"action": "burn"}).status_code == 400
    assert states(live) == []


def test_a_script_is_told_what_came_of_it_once(desk, live, screen):
    data = {"action": "publish", "text": "Out.", "client_key": "one"}
    first, again = (desk.post(screen, data, **JSON).json() for _ in range(2))
    without_token = [{**one, "html": ""} for one in (first, again)]
    assert without_token[0] == without_token[1]
    post = LivePost.objects.get()
    assert (first["post"], first["undo_seconds"], first["go"]) == (str(post.pk), 10, "")
    assert f'id="post-{post.key}"' in first["html"]
    undone = desk.post(f"{screen}{post.pk}/", {"action": "undo"}, **JSON).json()
    assert undone["typed"] == {
        "headline": "",
        "text": "Out.",
        "client_key": "one",
        "is_draft": True,
    }
    late = desk.post(f"{screen}{post.pk}/", {"action": "undo"}, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "undo-too-late")


def test_a_post_is_changed_where_it_stands(desk, live, screen):
    post = live.send("Twelve votes.", headline="Vote")
    address = f"{screen}{post.pk}/"
    form = desk.get(address).text
    assert "Twelve votes.</textarea>" in form
    assert desk.get(address, **JSON).text.startswith("<form")
    edited = {"headline": "Vote", "text": "13 votes.", "version": post.version, "action": "edit"}
    assert desk.post(address, edited)["Location"] == f"{screen}#post-{post.key}"
    stale = desk.post(address, edited | {"text": "14"}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "live-post-changed")
    unsaid = desk.post(address, edited | {"action": "correct"})
    assert unsaid.status_code == 422
    said = edited | {"action": "correct", "correction": "It was 12."}
    assert desk.post(address, said, **JSON).json()["code"] == "live-post-changed"
    desk.post(address, said | {"version": post.version + 1})
    for deed in ("pin", "mark"):
        desk.post(address, {"action": deed})
    post.refresh_from_db()
    assert (post.correction, post.is_pinned, post.is_key) == ("It was 12.", True, True)
    gone = desk.post(address, {"action": "delete"}, **JSON).json()
    assert (gone["html"], gone["undo_seconds"]) == (None, 10)
    assert desk.post(address, {"action": "undo"}, **JSON).json()["html"] is not None


def test_a_submitted_post_is_sent_back_or_approved(desk, live, screen):
    post = actions.submit_post(by=None, post=live.write("Wait."))
    desk.post(f"{screen}{post.pk}/", {"action": "return", "why": "Who says so?"})
    assert live.live_story.deeds.first().why == "Who says so?"
    desk.post(f"{screen}{post.pk}/", {"action": "submit"})
    seen = post.version
    actions.edit_post(by=None, post=post, copy=copy("Wait a little."))
    older = desk.post(f"{screen}{post.pk}/", {"action": "publish", "version": seen}, **JSON)
    assert (older.status_code, older.json()["code"]) == (409, "live-post-changed")
    assert f'name="version" value="{seen + 1}"' in desk.get(screen).text
    desk.post(f"{screen}{post.pk}/", {"action": "publish", "version": seen + 1})
    assert states(live) == [("", "published")]


def test_a_post_becomes_a_story(desk, live, screen):
    post = live.send("A long one.", headline="Deserves more")
    answer = desk.post(f"{screen}{post.pk}/", {"action": "promote"})
    story = Story.objects.get(headline="Deserves more")
    assert answer["Location"] == f"/newsroom/stories/edit/{story.pk}/"


def test_the_coverage_is_summed_up_arranged_closed_and_reopened(desk, live, screen):
    desk.post(screen, {"action": "summarise", "points": "It *passed*.\n\nNext is Sunday."})
    desk.post(screen, {"action": "arrange", "order": "oldest", "template": "Council"})
    text = desk.get(screen).text
    assert '<li dir="auto">It <i>passed</i>.</li>' in text
    assert "It *passed*.\nNext is Sunday.</textarea>" in text
    desk.post(screen, {"action": "close"})
    refused = desk.post(screen, {"action": "publish", "text": "Late"}, **JSON)
    assert refused.json()["code"] == "coverage-closed"
    row = LiveStory.objects.get()
    assert (row.order, row.template, row.is_running) == ("oldest", "Council", False)
    desk.post(screen, {"action": "reopen"})
    assert LiveStory.objects.get().is_running
    many = desk.post(screen, {"action": "summarise", "points": "a\n" * 11}, **JSON)
    assert many.json()["message"] == "Say it in at most 10 sentences."


def test_another_coverage_is_taken_in_and_leads_here(desk, room, live, screen):
    other = a_published_story(room, "Live: the street", kind="live")
    merged = actions.open_coverage(by=None, story=other)
    Coverage(room, other, merged).send("On the square.")
    desk.post(screen, {"action": "merge", "merged": merged.pk})
    assert "On the square." in desk.get(screen).text
    assert desk.get(f"{LIST}{other.pk}/")["Location"] == screen
    assert desk.get(f"{LIST}{other.pk}/news/").json() == {"go": screen}
    late = desk.post(f"{LIST}{other.pk}/", {"action": "publish", "text": "Late"}, **JSON)
    assert late.json()["said"] == "Published."
    assert live.live_story.posts.count() == 2


def test_a_running_order_is_looked_at_then_taken_in(desk, live, screen):
    data = {"text": "9:00 Doors\n25:00 Never", "on": "2030-11-25", "is_scheduled": "on"}
    seen = desk.post(screen, data | {"action": "preview-order"})
    assert "Line 2 cannot be read" in seen.text
    assert "9:00 Doors\n25:00 Never</textarea>" in seen.text
    lines = desk.post(screen, data | {"action": "preview-order"}, **JSON).json()["lines"]
    assert "<strong>09:00</strong> Doors" in lines
    wrong = desk.post(screen, data | {"action": "import-order"}, **JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "running-order-unreadable")
    data |= {"text": "9:00 Doors\nVote"}
    desk.post(screen, data | {"action": "import-order"})
    assert states(live) == [("Doors", "scheduled"), ("Vote", "draft")]


def test_a_colleagues_screen_hears_what_was_done(desk, live, screen):
    after = desk.get(screen).context["after"]
    assert desk.get(f"{screen}news/?after={after}").json() == {
        "after": after,
        "who": "",
        "posts": {},
        "is_whole": False,
    }
    post, draft = live.send("Out."), live.write("In.")
    gone = live.send("Gone.")
    actions.delete_post(by=None, post=gone)
    told = desk.get(f"{screen}news/?after={after}").json()
    assert told["is_whole"] is False
    assert {n: html is not None for n, html in told["posts"].items()} == {
        str(post.pk): True,
        str(draft.pk): True,
        str(gone.pk): False,
    }
    whole = desk.get(f"{screen}news/?after=x").json()
    assert (whole["is_whole"], set(whole["posts"])) == (True, {str(post.pk), str(draft.pk)})
    assert "live-state" in whole["head"]


def test_colleagues_see_who_is_writing(client, live, screen):
    other = Account.objects.create_user("ilse", first_name="Ilse", last_name="Marek")
    actions.note_at_desk(by=other, live_story=live.live_story, is_writing=True)
    signed_in(client, "add_livepost")
    assert client.post(f"{screen}here/", {"writing": "0"}).status_code == 204
    assert client.get(f"{screen}news/?after=0").json()["who"] == "Ilse Marek is writing"


def test_who_writes_may_not_publish_nor_close(client, live, screen):
    signed_in(client, "add_livepost")
    out, draft = live.send("Out."), live.write("In.")
    page = client.get(screen).text
    assert ('value="publish"' in page, 'value="submit"' in page) == (False, True)
    assert client.post(screen, {"action": "submit", "text": "Please"}, **JSON).status_code == 200
    refusals = [
        client.post(screen, {"action": deed, "text": "x"}, **JSON)
        for deed in ("publish", "summarise", "close", "merge", "arrange")
    ]
    refusals += [
        client.post(f"{screen}{out.pk}/", {"action": deed, "text": "x"}, **JSON)
        for deed in ("edit", "correct", "delete", "pin", "mark", "promote")
    ]
    refusals.append(client.post(f"{screen}{draft.pk}/", {"action": "publish"}, **JSON))
    assert {(r.status_code, r.json()["code"]) for r in refusals} == {(403, "not-permitted")}
    edited = client.post(f"{screen}{draft.pk}/", {"action": "edit", "text": "y"}, **JSON)
    assert edited.status_code == 200
    assert client.post(LIST, {"story": live.story.pk}).status_code == 302


def test_who_has_no_right_here_does_not_come_in(client, live, screen):
    signed_in(client)
    assert client.get(LIST)["Location"] == "/newsroom/"
    assert client.get(f"{screen}news/", **JSON).status_code == 403
    assert '"/newsroom/live/"' not in client.get("/newsroom/", follow=True).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_asks_as_often_for_many_posts(
    desk, live, screen, count, django_assert_max_num_queries
):
    for number in range(count):
        live.send(f"Post {number}")
    desk.get(screen)
    with django_assert_max_num_queries(30):
        desk.get(screen)
