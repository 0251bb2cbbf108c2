/* Make a page look the same on every machine: called by test_layout.py.

   The interface takes our own font, and Arabic letters become one Latin letter (the page still
   runs from right to left). A font that is used only where it comes quickly is used however slow
   the machine. What is left is the layout. */
async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.documentElement.style.setProperty("--sans", '"Dateline Text"');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.data = walker.currentNode.data.replace(/[\u0600-\u06ff]/g, "n");
  }
  all("img").forEach((one) => { one.loading = "eager"; });
  for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
    if (rule instanceof CSSFontFaceRule) rule.style.setProperty("font-display", "block");
  }
  const cuts = ["400", "600", "italic 400", "italic 600"];
  await Promise.all(cuts.map((cut) => document.fonts.load(`${cut} 1rem "Dateline Text"`)));
  await document.fonts.ready;
  const patience = new Promise((done) => setTimeout(done, 5000));
  await Promise.race([patience, Promise.allSettled(all("img").map((one) => one.decode()))]);
  return document.fonts.check('400 1rem "Dateline Text"');
};
