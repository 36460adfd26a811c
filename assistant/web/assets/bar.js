// Sets the way to the other pages beside the two modes of the chat, as far as the person's role allows.
"use strict";

(() => {
  const known = {}; // by language; empty while they are on their way

  async function show() {
    const modes = document.querySelector("nav.modes");
    const language = document.querySelector("[data-page-language]")?.dataset.pageLanguage.slice(0, 2);
    if (!modes || !language) return;
    if (!(language in known)) {
      known[language] = "";
      const answer = await fetch(`/bar?lang=${language}`);
      known[language] = answer.ok ? await answer.text() : "";
      show(); // the page may have changed meanwhile
      return;
    }
    if (known[language] && modes.dataset.bar !== language) {
      modes.dataset.bar = language;
      for (const old of modes.querySelectorAll("a.place")) old.remove();
      modes.insertAdjacentHTML("beforeend", known[language]);
    }
  }

  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  show();
})();
