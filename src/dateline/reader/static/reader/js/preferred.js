// What the reader chose for this browser, in force before the first paint: a classic script on purpose.
(() => {
  const { dataset } = document.documentElement;
  dataset.scripts = "yes";
  try {
    for (const [key, name] of [["theme"], ["textSize", "text-size"], ["still"], ["chats"]]) {
      const value = localStorage.getItem(`dateline:${name ?? key}`);
      if (value) dataset[key] = value;
    }
    const closed = localStorage.getItem("dateline:newsfeed-closed");
    if (closed === "yes") dataset.newsfeed = "closed";
    if (closed === "no" && matchMedia("(min-width: 68rem)").matches) dataset.newsfeed = "column";
  } catch {
    // Storage is refused: the system's settings hold.
  }
})();
