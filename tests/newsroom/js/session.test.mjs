import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = { cookie: "a=1; dateline_csrf=today; b=2" };
globalThis.window = new EventTarget();
const { Session, token, withToken } = await import(
  "../../../src/dateline/newsroom/static/newsroom/models/session.js"
);

const button = new EventTarget();
const notice = () => ({ dataset: { session: "/session/" }, hidden: true, querySelector: () => button });

/** A server whose session can end; it counts what reached it. */
class Server {
  alive = true;
  kept = [];

  fetch = async (target, options = {}) => {
    if (!this.alive) return { status: 401 };
    if (target !== "/session/") this.kept.push(options.body);
    return { status: 200 };
  };
}

test("the token is that of today's cookie, in the header and in the form", () => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", "yesterday");
  const { headers } = withToken({ method: "POST", body, headers: { "X-Csrftoken": "yesterday" } });
  assert.deepEqual(
    [token(), headers.get("X-CSRFToken"), headers.get("Dateline-Script"), body.get("csrfmiddlewaretoken")],
    ["today", "today", "1", "today"],
  );
  assert.equal(withToken({}).headers.has("X-CSRFToken"), false);
});

test("what is sent while the session is over waits and is then sent again, once", async () => {
  const server = new Server();
  const shown = notice();
  const session = new Session(shown, server.fetch);
  server.alive = false;
  const saves = [session.send("/edit/", { body: "one" }), session.send("/edit/", { body: "two" })];
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual([shown.hidden, server.kept], [false, []]);
  server.alive = true;
  button.dispatchEvent(new Event("click"));
  const answers = await Promise.all(saves);
  assert.deepEqual(answers.map((answer) => answer.status), [200, 200]);
  assert.deepEqual([shown.hidden, server.kept.toSorted()], [true, ["one", "two"]]);
});

test("a long body that was cut off is held too, and a lost network is not", async () => {
  const server = new Server();
  const cut = async (target, options) => {
    if (target !== "/session/" && !server.alive) throw new TypeError("cut off");
    return server.fetch(target, options);
  };
  const session = new Session(notice(), cut);
  server.alive = false;
  const save = session.send("/edit/", { body: "long" });
  await new Promise((done) => setTimeout(done, 20));
  server.alive = true;
  window.dispatchEvent(new Event("focus"));
  assert.equal((await save).status, 200);
  const offline = new Session(notice(), async () => {
    throw new TypeError("no network");
  });
  await assert.rejects(offline.send("/edit/", { body: "x" }), TypeError);
});
