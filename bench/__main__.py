"""Run one benchmark by name, or list them all."""

import argparse
import importlib
import json
import sys

BENCHMARKS = {
    "talks": "200 chats of 50 readers, 100 messages a second (--connections N: fewer readers).",
    "chats": "Saying something in a chat of 10 and of 100,000 messages, and showing its page.",
    "archive": "Bringing in a WordPress export of 100,000 posts (or --stories N): time, memory.",
    "held": "20,000 open streams for two minutes (or --minutes N), with a restart in the middle.",
    "floods": "Floods of logins, registrations and searches, and what a reader notices of them.",
    "hub": "From a commit to 1,000 WebSub subscribers (or --connections N), deliveries signed.",
    "lighthouse": "Lighthouse's four scores on front, section, story, topic and search.",
    "lists": "A list of 100,000 subscribers (or --connections N), taken in twice: time, memory.",
    "letters": "A letter to 100,000 followers over SMTP (or --connections N), and 30 kills.",
    "moderation": "Judging what readers write, the local model included.",
    "me": "Who is logged in, as every page of theirs asks once.",
    "pages": "Every sort of page of the site, rendered at 10,000 and at 1,000,000 stories.",
    "press": "A pressed page, many ways, against nginx serving the same bytes from files.",
    "growth": "Publishing and finding a story at 10,000 and at 200,000 stories.",
    "pushes": "A notification to 100,000 browsers (or --connections N), sealed for each.",
    "search": "Searching 200,000 stories (or --stories N), each way of asking.",
    "start": "From the command to the first page, and the memory of all processes.",
    "stream": "From a publication to 10,000 open newsfeeds and live coverages, beside nchan.",
    "unpressed": "Story pages rendered from the database, at 10,000 and at 200,000 stories.",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dateline bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHMARKS), metavar="NAME")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each row (default 5)")
    parser.add_argument("--seconds", type=int, default=2, help="length of a round (default 2)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--only", help="run the rows whose name contains this")
    parser.add_argument("--stories", type=int, help="how many stories to search (default 200,000)")
    parser.add_argument("--connections", type=int, help="how many streams to hold open")
    parser.add_argument("--minutes", type=float, help="how long to hold them (default 2)")
    options = parser.parse_args()
    if options.name is None:
        for name, sentence in sorted(BENCHMARKS.items()):
            print(f"{name:12} {sentence}")
        return 0
    report = importlib.import_module(f"bench.{options.name}").run(options)
    print(json.dumps(report.as_dict(), indent=2) if options.json else report.as_table())
    return 0 if report.met else 1


if __name__ == "__main__":
    sys.exit(main())
