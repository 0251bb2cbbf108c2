"""Pages by the numbers: valid HTML, the budgets of a first visit, nothing that moves."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.staff import take

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = ROOT / "node_modules" / ".bin" / "html-validate"
KINDS = ("news", "live", "offbeat", "feature", "analysis")
KIB = 1024
BUDGETS = {
    "html": 20 * KIB,
    "css": 15 * KIB,
    "script": 40 * KIB,
    "script before interaction": 12 * KIB,
    "font": 60 * KIB,
}
MEASURE = """async () => {
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, 300));
  const all = performance.getEntriesByType("resource");
  const [page] = performance.getEntriesByType("navigation");
  const sum = (some) => some.reduce((n, one) => n + one.encodedBodySize, 0);
  const named = (end) => all.filter((one) => new URL(one.name).pathname.endsWith(end));
  // Italics load where the copy has some, as other scripts do, and never move what stands there.
  const upright = named(".woff2").filter((one) => !one.name.includes("/italic-"));
  return {
    html: page.encodedBodySize,
    css: sum(named(".css")),
    script: sum(named(".js")),
    font: sum(upright),
    fonts: upright.length,
    blocking: all
      .filter((one) => one.renderBlockingStatus === "blocking")
      .map((one) => new URL(one.name).pathname.split("/").at(-1).split(".")[0])
      .sort(),
  };
}"""
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      const where = one.sources.map(({ node, previousRect: a, currentRect: b }) =>
        `${node?.nodeName}.${node?.className} ${a.x},${a.y} > ${b.x},${b.y}`);
      if (!one.hadRecentInput) window.shifts.push([one.value, ...where]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


def shifts_of(browser, url, width, meanwhile):
    """Return what moves by itself on a page while it is opened and something is done on it."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.add_init_script(f"({SHIFTS})()")
    page = context.new_page()
    page.goto(url)
    page.evaluate("document.fonts.ready")
    meanwhile(page)
    moved = page.evaluate("window.shifts")
    context.close()
    return moved


@pytest.fixture(scope="module")
def addresses(newsroom, browser):
    """Return an address of each sort of page, a story of each kind among them."""
    page = browser.new_page()
    found = {"front": "/", "section": "/world/", "topic": "/topics/ostrel/"}
    found |= {"storyline": "/storylines/ostrel-status/", "storylines": "/storylines/"}
    found |= {"search": "/search/?q=talks", "archive": "/archive/", "topics": "/topics/"}
    found |= {"newsfeed": "/newsfeed/"}
    found |= {"not found": "/20010101/nothing-999999.html", "style": "/-/style"}
    found |= {"newsfeed": "/newsfeed/", "newsfeed of one kind": "/newsfeed/?kind=feature"}
    found |= {"older": "/?before=9999999999999999-9", "kind": "/world/?kind=feature"}
    found |= {"no result": "/search/?q=qqqqqq", "no question": "/search/"}
    found |= {f"own {name}": f"/{name}/" for name in ("preferences", "saved", "offline")}
    found |= {f"edition {code}": f"/{code}/" for code in ("ru", "ar")}
    for kind in KINDS:
        for section in ("world", "culture", "economy", "science"):
            page.goto(f"{newsroom.url}/{section}/?kind={kind}")
            link = page.locator(f"main .kind-{kind} a.card-link").first
            if link.count():
                found[kind] = link.get_attribute("href")
                break
    found |= _from_links(page, newsroom.url)
    page.close()
    assert set(KINDS) <= set(found)
    return found


def _from_links(page, url):
    """Follow links to the sorts of page that only a link names."""
    page.goto(f"{url}/archive/")
    found = {"year": page.locator(".archive-year h2 a").first.get_attribute("href")}
    for name, place in (("month", ".archive-year li a"), ("day", ".month td a")):
        found[name] = page.locator(place).first.get_attribute("href")
        page.goto(url + found[name])
    page.goto(f"{url}/world/?kind=analysis")
    page.goto(url + page.locator("main a.card-link").first.get_attribute("href"))
    found["person"] = page.locator(".byline-name a").first.get_attribute("href")
    for code in ("ru", "ar"):
        page.goto(f"{url}/{code}/")
        found[f"story {code}"] = page.locator("main a.card-link").first.get_attribute("href")
    return found


@pytest.fixture(scope="module")
def withdrawn(newsroom, tmp_path_factory):
    """Return the address of a story that was killed."""
    take(newsroom, tmp_path_factory.mktemp("copy"), "Soon to be withdrawn")
    with urlopen(f"{newsroom.url}/world/", timeout=20) as answer:
        page = answer.read().decode()
    path, number = re.search(r'href="(/\d{8}/soon-to-be-withdrawn-(\d+)\.html)"', page).groups()
    newsroom.kill_story(number)
    return path


def validator():
    if not VALIDATOR.exists() or not shutil.which("node"):
        if os.environ.get("CI"):
            pytest.fail("html-validate is missing: npm ci")
        pytest.skip("html-validate is missing: npm ci")
    return str(VALIDATOR)


def test_every_page_and_its_lite_version_is_valid_html(
    newsroom, open_page, addresses, withdrawn, tmp_path
):
    command = validator()
    page = open_page(f"{newsroom.url}/")
    every = {**addresses, "withdrawn": withdrawn}
    every |= {f"lite {name}": f"/lite{path}" for name, path in every.items() if name != "style"}
    for name, path in every.items():
        answer = page.request.get(f"{newsroom.url}{path}")
        assert answer.status in {200, 404, 410}, path
        text = answer.text()
        folder = tmp_path / ("style" if name == "style" else "pages")
        folder.mkdir(exist_ok=True)
        (folder / f"{name.replace(' ', '-')}.html").write_text(text)
    for folder in ("pages", "style"):
        rules = ROOT / "tests" / "reader" / f"htmlvalidate-{folder}.json"
        report = tmp_path / f"{folder}.json"
        files = sorted(str(one) for one in (tmp_path / folder).glob("*.html"))
        subprocess.run(
            [command, "--config", str(rules), "--formatter", f"json={report}", *files],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        found = [
            (Path(file["filePath"]).name, one["ruleId"], one["message"], one["selector"])
            for file in json.loads(report.read_text())
            for one in file["messages"]
        ]
        assert found == []


@pytest.mark.parametrize(
    "name", ["front", "section", "news", "live", "feature", "topic", "search", "newsfeed"]
)
def test_a_first_visit_keeps_its_budgets(newsroom, open_page, addresses, name):
    page = open_page(f"{newsroom.url}{addresses[name]}", width=390, height=844)
    told = page.evaluate(MEASURE)
    at_most = {one: limit for one, limit in BUDGETS.items() if one in told}
    over = {one: told[one] for one, limit in at_most.items() if told[one] > limit}
    assert over == {}
    assert told["script"] <= BUDGETS["script before interaction"], told
    assert told["blocking"] == ["site"], "waited for: the style"
    assert told["fonts"] <= 2, told


@pytest.mark.alone
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "name", ["front", "section", "topic", "storyline", "search", "newsfeed", *KINDS]
)
def test_nothing_moves_that_the_reader_did_not_move(newsroom, browser, addresses, name, width):
    def scroll(page):
        for _ in range(6):
            page.mouse.wheel(0, 700)
            page.wait_for_timeout(120)

    assert shifts_of(browser, f"{newsroom.url}{addresses[name]}", width, scroll) == []


@pytest.mark.parametrize("name", ["front", "section", "news", "live", "feature", "search", "month"])
def test_a_lite_page_comes_in_one_round_trip(newsroom, open_page, addresses, name):
    page = open_page(f"{newsroom.url}/lite{addresses[name]}", width=390, height=844)
    told = page.evaluate(MEASURE)
    assert (told["script"], told["font"], told["blocking"]) == (0, 0, ["lite"])
    assert told["html"] + told["css"] <= 14 * KIB
    assert page.locator("img, picture, script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("end", ["", "/chat/"])
def test_breadcrumbs_end_inside_a_small_window(newsroom, open_page, addresses, end):
    page = open_page(f"{newsroom.url}{addresses['live']}{end}", width=320, height=700)
    assert page.locator(".crumbs ol").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    assert page.locator(".crumbs li:last-child").evaluate("one => one.clientWidth") > 50


def test_the_page_of_parts_shows_every_kind(newsroom, open_page):
    page = open_page(f"{newsroom.url}/-/style/rtl-dark")
    for kind in KINDS:
        expect(page.locator(f"[data-part={kind}] article.kind-{kind}")).to_be_visible()
    answer = page.request.get(f"{newsroom.url}/-/style")
    assert answer.headers["x-robots-tag"] == "noindex"
