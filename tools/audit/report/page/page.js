// Filters, sorts and unfolds the tables. Without it the pages hold the same, whole.
"use strict";

for (const section of document.querySelectorAll("section.table")) {
  const table = section.querySelector("table");
  if (table === null) continue;
  const bodies = () => [...table.tBodies];
  const count = document.createElement("span");
  const tell = () => {
    const shown = bodies().filter((body) => !body.hidden).length;
    count.textContent = `${shown} of ${table.tBodies.length}`;
  };

  const bar = document.createElement("div");
  bar.className = "filter";
  const input = document.createElement("input");
  input.type = "search";
  input.setAttribute("aria-label", `Filter ${section.dataset.title}`);
  input.placeholder = "Filter: all of these words";
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const body of bodies()) {
      const text = body.textContent.toLowerCase();
      body.hidden = !words.every((word) => text.includes(word));
    }
    tell();
  });
  bar.append(input);
  const folds = section.querySelectorAll("table details");
  if (folds.length > 0) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Unfold all";
    button.addEventListener("click", () => {
      const open = [...folds].some((one) => !one.open);
      for (const one of folds) one.open = open;
      button.textContent = open ? "Fold all" : "Unfold all";
    });
    bar.append(button);
  }
  count.setAttribute("aria-live", "polite");
  bar.append(count);
  table.before(bar);
  tell();

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const text = (body) => body.rows[0].cells[at].textContent;
      const sorted = bodies().sort(
        (a, b) => compare(text(a), text(b)) * (up ? 1 : -1),
      );
      table.append(...sorted);
    });
  });
}

/** A row that a link leads to is unfolded; on paper everything is. */
const unfold = (root) => {
  for (const one of root.querySelectorAll("details")) one.open = true;
};
const unfoldTarget = () => {
  const target = document.getElementById(
    decodeURIComponent(location.hash.slice(1)),
  );
  if (target?.tagName === "TBODY") unfold(target);
};
addEventListener("hashchange", unfoldTarget);
addEventListener("beforeprint", () => unfold(document));
unfoldTarget();
