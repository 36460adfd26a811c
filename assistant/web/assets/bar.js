// Sets the way to the other pages beside the two modes of the chat, as far as the person's role allows.
"use strict";

(() => {
  let asked = "";
  let links = "";

  async function show() {
    const modes = document.querySelector("nav.modes");
    const language = document.querySelector("[data-page-language]")?.dataset.pageLanguage.slice(0, 2);
    if (!modes || !language) return;
    if (asked !== language) {
      asked = language;
      const answer = await fetch(`/bar?lang=${language}`);
      links = answer.ok ? await answer.text() : "";
    }
    if (links && modes.dataset.bar !== language) {
      modes.dataset.bar = language;
      for (const old of modes.querySelectorAll("a.place")) old.remove();
      modes.insertAdjacentHTML("beforeend", links);
    }
  }

  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  show();
})();
