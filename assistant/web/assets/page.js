// What the page does beside asking: opening documents at the quote, showing an answer's sources, copying.
// Every link works without this file: it leads to the same document on a page of its own.
"use strict";

(() => {
  const narrow = window.matchMedia("(max-width: 1019px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const app = () => document.querySelector("gradio-app");
  const words = () => document.querySelector(".brand").dataset;
  let viewer = null; // the panel, made when first needed
  let opener = null; // where the focus goes back to
  let goingBack = false; // until the browser has
  let shown = null; // id of the exchange whose sources are shown
  let count = null; // of exchanges on the page; null until it is there

  // ---- the document panel

  function makeViewer() {
    viewer = document.createElement("aside");
    viewer.id = "viewer";
    viewer.setAttribute("role", "dialog");
    viewer.hidden = true;
    viewer.innerHTML =
      '<div class="viewer-bar"><h2></h2><a class="own-page" target="_blank" rel="noopener"></a>' +
      '<button type="button" class="quiet close-viewer"></button></div><div class="viewer-body" tabindex="0"></div>';
    document.body.append(viewer);
  }

  function label() {
    viewer.setAttribute("aria-label", words().viewer);
    viewer.querySelector("h2").textContent = words().viewer;
    viewer.querySelector(".own-page").textContent = words().ownPage;
    viewer.querySelector(".close-viewer").textContent = words().close;
  }

  async function open(link) {
    if (!viewer) makeViewer();
    label();
    const body = viewer.querySelector(".viewer-body");
    viewer.querySelector(".own-page").href = link.href;
    if (viewer.hidden) {
      opener = link;
      viewer.hidden = false;
      document.documentElement.classList.add("viewer-open");
      // The back gesture of a phone must close the panel, not leave the conversation.
      history.pushState({ viewer: true }, "");
    }
    coverPage();
    markCurrent(link);
    body.textContent = words().opening;
    body.focus();
    try {
      const response = await fetch(link.href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      body.replaceChildren(...page.querySelector("main").childNodes);
    } catch {
      body.textContent = words().cannotOpen;
      return;
    }
    const quote = body.querySelector("#quote");
    if (quote) {
      quote.scrollIntoView({ block: "center" });
      quote.focus({ preventScroll: true });
    } else {
      body.scrollTop = 0;
    }
  }

  function goTo(id) {
    const place = viewer.querySelector(`[id="${CSS.escape(id)}"]`);
    if (!place) return;
    place.tabIndex = -1;
    place.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    place.focus({ preventScroll: true });
  }

  function markCurrent(link) {
    document.querySelector("a[aria-current]")?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
  }

  function coverPage() {
    // On a narrow screen the panel covers the page, so nothing under it may be reached.
    const covering = !viewer.hidden && narrow.matches;
    viewer.setAttribute("aria-modal", String(covering));
    app().inert = covering;
  }

  function closeViewer() {
    if (!viewer || viewer.hidden) return;
    viewer.hidden = true;
    document.documentElement.classList.remove("viewer-open");
    coverPage();
    markCurrent(null);
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else focusOnQuestion();
  }

  // Once: a second press before the browser has gone back would leave the page.
  function goBack() {
    if (!history.state?.viewer) closeViewer();
    else if (!goingBack) history.back();
    goingBack = Boolean(history.state?.viewer);
  }
  window.addEventListener("popstate", () => {
    goingBack = false;
    closeViewer();
  });
  narrow.addEventListener("change", () => viewer && coverPage());

  // ---- the sources of one answer

  function showSources(exchange) {
    shown = exchange;
    for (const group of document.querySelectorAll("#sources .sources")) {
      group.hidden = group.dataset.exchange !== shown;
    }
  }

  function light(card, on) {
    document.getElementById(card)?.classList.toggle("lit", on);
  }

  function openSources(exchange) {
    showSources(exchange);
    document.documentElement.classList.add("sources-open");
    document.querySelector(".close-sources").focus();
  }

  function closeSources() {
    if (!document.documentElement.classList.contains("sources-open")) return;
    document.documentElement.classList.remove("sources-open");
    document.querySelector(`.show-sources[data-exchange="${shown}"]`)?.focus();
  }

  // ---- copying

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const { copied } = button.dataset;
    if (button.textContent === copied) return;
    const before = button.textContent;
    button.setAttribute("aria-live", "polite");
    button.textContent = copied;
    setTimeout(() => {
      if (button.textContent === copied) button.textContent = before;
    }, 2000);
  }

  // ---- clicks and keys

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest(".close-viewer")) return goBack();
    if (target.closest(".close-sources")) return closeSources();
    if (target.closest("button.copy")) return copy(target.closest("button.copy"));
    const button = target.closest(".show-sources");
    if (button) return openSources(button.dataset.exchange);
    const inside = target.closest('.viewer-body a[href^="#"]');
    if (inside) {
      // The address of the page stays: a change of it would close the panel.
      event.preventDefault();
      return goTo(inside.getAttribute("href").slice(1));
    }
    const link = target.closest("a[data-open]") ?? cardLink(target);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (!link || elsewhere) return;
    event.preventDefault();
    const exchange = link.closest(".exchange");
    if (exchange && link.dataset.card) showSources(exchange.id);
    open(link);
  });

  // One thing at a time: a second question would be answered without the first in its conversation,
  // and the rest of an answer would arrive in the language before the switch.
  function waitForAnswer(event) {
    const asks =
      event.type === "click"
        ? event.target.closest("#ask, .example, #switch-language")
        : event.key === "Enter" && !event.shiftKey && event.target.closest("#question");
    if (!asks || !document.querySelector('.answer[aria-busy="true"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  for (const type of ["click", "keypress"]) document.addEventListener(type, waitForAnswer, true);

  function cardLink(target) {
    // The whole card opens the document, unless somebody is selecting its text.
    if (target.closest("a, button, summary") || String(getSelection())) return null;
    return target.closest(".card, .offer")?.querySelector("a[data-open]") ?? null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (viewer && !viewer.hidden) goBack();
    else closeSources();
  });

  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(type, (event) => {
      const mark = event.target.closest?.("a.mark[data-card]");
      if (mark) light(mark.dataset.card, on);
    });
  }

  // ---- after the page was drawn anew

  function beginAnew() {
    document.documentElement.classList.remove("sources-open");
    closeViewer();
    window.scrollTo(0, 0);
    focusOnQuestion();
  }

  // On a narrow screen the focus would bring up a keyboard that covers what there is to read.
  function focusOnQuestion() {
    if (!narrow.matches) document.querySelector("#question textarea")?.focus({ preventScroll: true });
  }

  function speak(brand) {
    document.documentElement.lang = brand.dataset.pageLanguage;
    const product = brand.querySelector("h1").textContent;
    if (document.title !== product) document.title = product;
  }

  function drawn() {
    const brand = document.querySelector(".brand");
    if (!brand || !document.querySelector("#question textarea")) return;
    speak(brand);
    const exchanges = document.querySelectorAll(".exchange");
    const newest = exchanges[exchanges.length - 1];
    if (exchanges.length !== count) {
      shown = newest?.id ?? null;
      // A question that was refused goes again without the page moving.
      if (exchanges.length > count) newest.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
      if (!newest) beginAnew();
      count = exchanges.length;
    }
    for (const group of document.querySelectorAll("#sources .sources")) {
      if (group.hidden !== (group.dataset.exchange !== shown)) showSources(shown);
    }
  }

  new MutationObserver(drawn).observe(document.documentElement, { childList: true, subtree: true });
  drawn();
})();
