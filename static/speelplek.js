// Three small listeners. Everything works without them; they keep focus and screen readers in step.
"use strict";

const FOCUS_FIRST = '[data-focus], h1[tabindex="-1"]';

function focusFirst(root) {
  const target = root.matches(FOCUS_FIRST) ? root : root.querySelector(FOCUS_FIRST);
  if (!target) return;
  target.focus();
  const word = target.dataset.focus; // "Fout:", on the summary of what is wrong
  if (word && !document.title.startsWith(word)) document.title = `${word} ${document.title}`;
}

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.elt;
  focusFirst(swapped.isConnected ? swapped : document.getElementById("main"));
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    const live = document.getElementById("live");
    live.textContent = live.dataset.failed;
  });
}

// An answer with errors that came as a whole page: the reader starts at the summary.
document.querySelector("[data-focus]")?.focus();
