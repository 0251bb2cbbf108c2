// The browser of the newsfeed's machine: tabs with the real counter, one storage for all of them.
// Reads a request per line of JSON, answers with one: the counts of all tabs, and what is still wanted.

import { createInterface } from "node:readline";
import { choiceText, readChoice } from "../../../src/dateline/reader/static/reader/js/models/feed-choice.js";
import { Unread } from "../../../src/dateline/reader/static/reader/js/models/unread.js";

const tabs = new Map();
let kept = { cursor: null, choice: "" };

/** What a tab does when it is opened and when another tab changed what is kept. */
function takeKept(unread) {
  if (kept.cursor !== null) unread.cursor = Number(kept.cursor);
  unread.filter = readChoice(kept.choice).filter;
}

function mark(unread, change) {
  change(unread);
  kept.cursor = String(unread.cursor);
  for (const other of tabs.values()) takeKept(other);
}

const DO = {
  wipe: () => {
    tabs.clear();
    kept = { cursor: null, choice: "" };
  },
  open: ({ tab, index }) => {
    const unread = new Unread();
    takeKept(unread);
    tabs.set(tab, unread);
    unread.start(index);
    mark(unread, () => {});
  },
  close: ({ tab }) => tabs.delete(tab),
  add: ({ tab, index }) => tabs.get(tab).add(index),
  tell: ({ tab, told }) => {
    for (const { story, row = null } of told) tabs.get(tab).tell(story, row);
  },
  forget: ({ tab }) => tabs.get(tab).forget(),
  restart: ({ tab, index }) => {
    tabs.get(tab).start(index);
    mark(tabs.get(tab), () => {});
  },
  see: ({ tab, number }) => mark(tabs.get(tab), (unread) => unread.see(number)),
  readAll: ({ tab }) => mark(tabs.get(tab), (unread) => unread.readAll()),
  unreadFrom: ({ tab, number }) => mark(tabs.get(tab), (unread) => unread.unreadFrom(number)),
  choose: ({ facets }) => {
    kept.choice = choiceText(facets);
    for (const unread of tabs.values()) takeKept(unread);
  },
  ask: () => {},
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  DO[request.do](request);
  const state = [...tabs].map(([tab, unread]) => [tab, { count: unread.count, wants: unread.wants }]);
  process.stdout.write(`${JSON.stringify({ cursor: Number(kept.cursor), tabs: Object.fromEntries(state) })}\n`);
});
