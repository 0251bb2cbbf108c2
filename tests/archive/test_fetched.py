"""What an archive only names is fetched from its old site, once, and only when asked for."""

import io

import pytest
from PIL import Image

from dateline.archive.old_site import OldSite
from dateline.common.fetch import Bounds
from dateline.media.models import Picture
from dateline.standards.archives.reading import Asked, read_archive
from dateline.standards.errors import CopyError
from dateline.stories.models import Story
from tests.archive.samples import export, post, take, take_archive
from tests.factories import a_newsroom
from tests.web_double import LOOPBACK, web_double

pytestmark = pytest.mark.django_db
PAGE = """<!doctype html><html lang="en"><head><title>{head}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{head}">
<meta property="article:published_time" content="2012-05-0{n}T10:00:00Z">
<meta property="article:section" content="World"></head><body><article><h1>{head}</h1>{text}
</article></body></html>"""
TEXT = (
    "<p>BRENN - The harbour of Brenn stayed closed for day {n}, its master said on Friday.</p>"
    "<p>Forty ships lay at anchor off the mole, most of them with grain for the islands.</p>"
    "<p>The wind was expected to turn to the north before Sunday, the weather office said.</p>"
    "<p>Two ferries had tried to leave in the morning and were called back by the pilots.</p>"
)


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def old():
    with web_double() as double:
        yield double


def old_site(seconds=5.0):
    return OldSite(Bounds(inside=LOOPBACK, seconds=seconds))


def jpeg(size=(640, 400)):
    held = io.BytesIO()
    Image.new("RGB", size, (30, 90, 160)).save(held, "JPEG")
    return held.getvalue()


def a_post(number, *sources):
    pictures = "".join(f'<p><img src="{one}" alt="A ferry"></p>' for one in sources)
    return post(number, text=f"<p>BRENN - Ferry number {number} left at noon.</p>{pictures}")


def test_a_picture_comes_as_it_was_uploaded(room, old, tmp_path):
    old.put("/u/ferry.jpg", jpeg(), "image/jpeg")
    old.put("/u/ferry-300x200.jpg", jpeg((300, 200)), "image/jpeg")
    archive = export(tmp_path / "a.xml", a_post(1, f"{old.url}/u/ferry-300x200.jpg"))
    report = take(room.edition, archive, old_site=old_site())
    assert (report.done["pictures fetched"], report.done["pictures stored"]) == (1, 1)
    picture = Picture.objects.get()
    assert (picture.width, picture.description) == (640, "A ferry")
    assert old.asked == ["/u/ferry.jpg"]
    assert Story.objects.get().body.raw_data[1]["value"]["picture"] == picture.pk


def test_where_only_the_size_is_left_that_is_taken(room, old, tmp_path):
    address = old.put("/u/ferry-300x200.jpg", jpeg((300, 200)), "image/jpeg")
    report = take(room.edition, export(tmp_path / "a.xml", a_post(1, address)), old_site=old_site())
    assert report.done["pictures fetched"] == 1
    assert old.asked == ["/u/ferry.jpg", "/u/ferry-300x200.jpg"]


def test_nothing_is_fetched_unasked_nor_in_a_rehearsal(room, old, tmp_path):
    address = old.put("/u/ferry.jpg", jpeg(), "image/jpeg")
    archive = export(tmp_path / "a.xml", a_post(1, address))
    report = take(room.edition, archive, old_site=old_site(), is_rehearsal=True)
    assert report.done["pictures to be fetched"] == 1
    report = take(room.edition, archive)
    assert report.done["pictures not found"] == 1
    assert old.asked == []


def test_what_was_missing_comes_with_the_next_import_that_fetches(room, old, tmp_path):
    address = f"{old.url}/u/ferry.jpg"
    archive = export(tmp_path / "a.xml", a_post(1, address))
    report = take(room.edition, archive, old_site=old_site())
    assert report.reasons == {"a picture whose address answers 404": 1}
    assert (report.missing, Picture.objects.count()) == ([address], 0)
    old.put("/u/ferry.jpg", jpeg(), "image/jpeg")
    report = take(room.edition, archive, old_site=old_site())
    assert (report.done["changed stories"], Picture.objects.count()) == (1, 1)
    asked = len(old.asked)
    report = take(room.edition, archive, old_site=old_site())
    assert (report.done["known already"], len(old.asked)) == (1, asked)


def test_what_is_no_picture_or_not_public_is_not_taken(room, old, tmp_path):
    page = old.put("/u/a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg")
    inside = "http://10.0.0.7/u/b.jpg"
    archive = export(tmp_path / "a.xml", a_post(1, page, inside))
    report = take(room.edition, archive, old_site=old_site())
    assert report.reasons == {
        "a picture whose address is no picture, or too large": 1,
        "a picture whose address is not public": 1,
    }
    assert Picture.objects.count() == 0


def test_an_address_that_gave_nothing_and_a_silent_host_are_asked_no_more(room, old, tmp_path):
    def hang_up(request):
        request.close_connection = True

    addresses = [old.answer(f"/u/{number}.jpg", hang_up) for number in range(9)]
    posts = [a_post(number, address) for number, address in enumerate(addresses, 1)]
    posts.append(a_post(20, addresses[0]))
    report = take(room.edition, export(tmp_path / "a.xml", *posts), old_site=old_site())
    assert old.asked == [f"/u/{number}.jpg" for number in range(5)]
    assert report.done["pictures not found"] == 10
    assert report.reasons["a picture whose address is at a host that does not answer"] == 4


def pages(old, count):
    for number in range(1, count + 1):
        head = f"Harbour closed for day {number} of the storm"
        html = PAGE.format(head=head, n=number, text=TEXT.format(n=number))
        old.put(f"/2012/{number}.html", html.encode())
    return [f"{old.url}/2012/{number}.html" for number in range(1, count + 1)]


@pytest.mark.parametrize("form", ["text", "sitemap"])
def test_the_pages_of_a_list_become_stories(room, old, tmp_path, form):
    pytest.importorskip("trafilatura", reason="the extra `archive` is not installed")
    addresses = [*pages(old, 2), f"{old.url}/2012/none.html"]
    path = tmp_path / "pages.txt"
    path.write_text("\n".join([*addresses, addresses[0]]))
    if form == "sitemap":
        path = tmp_path / "sitemap.xml"
        rows = "".join(f"<url><loc>{one}</loc></url>" for one in addresses)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        path.write_text(f'<urlset xmlns="{space}">{rows}</urlset>')
    site = old_site()
    archive = read_archive([path], Asked(fetch=site.page))
    assert archive.total == 3
    assert old.asked == []
    report = take_archive(room.edition, archive, old_site=site)
    assert report.done["new stories"] == 2, report.text
    assert report.reasons == {"answers 404; look at it in a browser.": 1}
    heads = Story.objects.order_by("published_at").values_list("headline", flat=True)
    assert list(heads) == [f"Harbour closed for day {n} of the storm" for n in (1, 2)]
    report = take_archive(room.edition, archive, old_site=site)
    assert (report.done["known already"], report.done["new stories"]) == (2, 0)


def test_a_list_of_addresses_is_not_fetched_unasked(tmp_path):
    path = tmp_path / "pages.txt"
    path.write_text("https://kestrel.example/1.html\n")
    with pytest.raises(CopyError, match="give --fetch"):
        read_archive([path], Asked())
