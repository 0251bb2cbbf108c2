"""The newsroom's list of imports."""

import pytest

from dateline.archive.actions import begin_run, end_run
from dateline.archive.report import Report
from dateline.standards.archives.facts import Archive
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db


def test_imports_are_listed_with_their_reports(client):
    room = a_newsroom()
    client.force_login(room.editor)
    assert "Nothing was imported yet." in client.get("/newsroom/imports/").text
    archive = Archive(system="wordpress", site="https://kestrel.example", total=2, read=iter)
    begin_run(archive=archive, files="killed.xml")
    report = Report("wordpress kestrel.example", 2)
    report.done["new stories"] = 1
    report.leave_out("no headline", "post:2 <b>“”</b>")
    end_run(run=begin_run(archive=archive, files="export.xml"), report=report)
    shown = client.get("/newsroom/imports/").text
    assert [word for word in ("Stopped", "Done", "1 new story") if word not in shown] == []
    assert "post:2 &lt;b&gt;“”&lt;/b&gt;" in shown
