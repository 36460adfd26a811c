// The history on the chat page: the address that names the conversation, and what people say of answers.
"use strict";

(() => {
  const said = new Map(); // id of a kept exchange -> what was said of it here, as the page is drawn anew at times
  const forgotten = new Set();
  let opening = new URLSearchParams(location.search).has("conversation");

  // Who opens a conversation wants to read it, whichever mode the page was in before; loading again keeps the mode.
  if (opening && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
    sessionStorage.setItem("mode", "ask");
    document.documentElement.classList.remove("guiding");
  }

  // ---- the address of the page names the conversation that it shows

  function nameConversation() {
    const link = document.querySelector("a.history");
    if (!link) return;
    const exchanges = document.querySelectorAll(".exchange");
    const kept = document.querySelectorAll(".exchange .feedback[data-conversation]");
    if (opening && !exchanges.length && !document.querySelector(".notice")) return; // it has not come yet
    opening = false;
    const conversation = kept[kept.length - 1]?.dataset.conversation ?? "";
    if (exchanges.length && !conversation) return; // the answer is still arriving
    const language = document.querySelector(".brand")?.dataset.pageLanguage.slice(0, 2);
    const address = conversation ? `/?conversation=${conversation}&lang=${language}` : "/";
    if (location.pathname + location.search !== address) history.replaceState(history.state, "", address);
    const list = new URL(link.getAttribute("href"), location.href);
    if (conversation) list.searchParams.set("from", conversation);
    else list.searchParams.delete("from");
    if (link.getAttribute("href") !== list.pathname + list.search) {
      link.setAttribute("href", list.pathname + list.search);
    }
  }

  // The list is left in one of two languages; the page goes on in that one.
  const wanted = new URLSearchParams(location.search).get("lang");
  let toSwitch = wanted === "en" || wanted === "zh";

  function goOnInLanguage() {
    const brand = document.querySelector(".brand");
    const button = document.querySelector("#switch-language");
    // What the page lists for who has opened it comes in its first language, and would take the place of the other.
    const unlisted = document.querySelector("[data-unlisted]");
    if (!toSwitch || !brand || !button || opening || unlisted) return;
    toSwitch = false;
    if (!brand.dataset.pageLanguage.startsWith(wanted)) button.click();
  }

  // ---- what people say of answers

  async function send(exchange, what, body) {
    const answer = await fetch(`/exchanges/${exchange}/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
  }

  function show(feedback) {
    const state = said.get(feedback.dataset.kept);
    if (!state) return;
    const form = feedback.querySelector(".why");
    for (const thumb of feedback.querySelectorAll(".thumb")) {
      set(thumb, "aria-pressed", String(thumb.dataset.rating === state.rating));
      if (thumb.hasAttribute("aria-expanded")) set(thumb, "aria-expanded", String(state.open));
    }
    if (form.hidden === state.open) form.hidden = !state.open;
    const told = feedback.querySelector(".said");
    if (told.textContent !== state.told) told.textContent = state.told;
  }

  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  async function say(feedback, rating, details = {}) {
    const { kept, thanks, failed } = feedback.dataset;
    try {
      await send(kept, "feedback", { rating, ...details });
      said.set(kept, { rating, open: false, told: rating ? thanks : "" });
    } catch {
      said.set(kept, { ...said.get(kept), rating: null, open: false, told: failed });
    }
    show(document.querySelector(`.feedback[data-kept="${kept}"]`) ?? feedback);
  }

  function press(thumb) {
    const feedback = thumb.closest(".feedback");
    const pressed = thumb.getAttribute("aria-pressed") === "true";
    if (thumb.dataset.rating === "up") return say(feedback, pressed ? null : "up");
    if (pressed) return say(feedback, null);
    // The thumb counts at once; why it is down can be said, and need not be.
    const { kept } = feedback.dataset;
    return say(feedback, "down").then(() => {
      const state = said.get(kept);
      if (state.rating !== "down") return;
      said.set(kept, { ...state, open: true });
      show(feedback);
      feedback.querySelector(".why input").focus();
    });
  }

  function close(form) {
    const feedback = form.closest(".feedback");
    const { kept } = feedback.dataset;
    said.set(kept, { ...said.get(kept), open: false });
    show(feedback);
    feedback.querySelector(".thumb.down").focus();
  }

  async function forget(button) {
    const line = button.closest(".personal");
    try {
      await send(line.dataset.kept, "forget", {});
      forgotten.add(line.dataset.kept);
      drawn();
    } catch {
      button.textContent = button.dataset.failed;
    }
  }

  function showForgotten() {
    for (const line of document.querySelectorAll(".personal[data-kept]")) {
      const button = line.querySelector(".forget");
      if (!button || !forgotten.has(line.dataset.kept)) continue;
      line.querySelector("span").textContent = button.dataset.forgotten;
      button.remove();
      document.querySelector(`.feedback[data-kept="${line.dataset.kept}"]`)?.remove();
      line.setAttribute("role", "status");
      line.tabIndex = -1;
      line.focus({ preventScroll: true });
    }
  }

  document.addEventListener("click", (event) => {
    const thumb = event.target.closest(".thumb");
    if (thumb) return press(thumb);
    if (event.target.closest(".why .cancel")) return close(event.target.closest(".why"));
    const button = event.target.closest(".forget");
    if (button) return forget(button);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".why");
    if (!form) return;
    event.preventDefault();
    const reason = form.querySelector("input:checked")?.value ?? null;
    say(form.closest(".feedback"), "down", { reason, comment: form.querySelector("textarea").value }).then(() =>
      form.closest(".feedback").querySelector(".thumb.down").focus(),
    );
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".why");
    if (event.key !== "Escape" || !form || event.isComposing) return;
    event.stopPropagation();
    close(form);
  });

  function drawn() {
    nameConversation();
    goOnInLanguage();
    for (const feedback of document.querySelectorAll(".feedback[data-kept]")) show(feedback);
    showForgotten();
  }

  new MutationObserver(drawn).observe(document.documentElement, { childList: true, subtree: true });
  drawn();
})();
