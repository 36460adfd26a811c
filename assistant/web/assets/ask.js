// Beside a mark its quote, as soon as the mark is pointed at or reached by keyboard; and a question that was
// understood in other words, put back into the question box.
"use strict";

(() => {
  const GRACE = 200; // ms in which the pointer may cross from the mark to the quote
  let peek = null; // the small panel, made when first needed
  let at = null; // the mark whose quote it shows
  let leaving = 0;
  let byKeyboard = false; // a focus that a script gives back, or a tap, shows nothing

  function makePeek() {
    peek = document.createElement("div");
    peek.id = "quote-peek";
    peek.setAttribute("role", "tooltip");
    peek.hidden = true;
    peek.innerHTML = "<blockquote></blockquote><p></p>";
    document.body.append(peek);
  }

  function show(mark) {
    clearTimeout(leaving);
    if (mark === at) return;
    const card = document.getElementById(mark.dataset.card);
    const quote = card?.querySelector("blockquote mark");
    if (!quote) return;
    if (!peek) makePeek();
    hide();
    at = mark;
    const [words, place] = peek.children;
    words.textContent = quote.textContent;
    words.lang = quote.closest("blockquote").lang;
    place.textContent = [".card-title", ".card-place"].map((part) => card.querySelector(part).textContent).join(" · ");
    peek.hidden = false;
    mark.setAttribute("aria-describedby", peek.id);
    put(mark.getBoundingClientRect());
  }

  function put(mark) {
    // Under the mark, or above it where there is no room below; never over an edge of the window.
    const { width, height } = peek.getBoundingClientRect();
    const left = Math.min(Math.max(8, mark.left + mark.width / 2 - width / 2), innerWidth - width - 8);
    const below = mark.bottom + 6 + height <= innerHeight - 8 || mark.top - 6 - height < 8;
    peek.style.left = `${left}px`;
    peek.style.top = `${below ? mark.bottom + 6 : mark.top - 6 - height}px`;
  }

  function hide() {
    clearTimeout(leaving);
    if (!at) return;
    at.removeAttribute("aria-describedby");
    at = null;
    peek.hidden = true;
  }

  const markAt = (target) => target.closest?.("#transcript a.mark[data-card]") ?? null;

  document.addEventListener("pointerover", (event) => {
    const mark = event.pointerType === "mouse" ? markAt(event.target) : null;
    if (mark) show(mark);
    else if (event.target.closest?.("#quote-peek")) clearTimeout(leaving);
    else if (at && at !== document.activeElement) {
      clearTimeout(leaving);
      leaving = setTimeout(hide, GRACE);
    }
  });
  document.addEventListener("focusin", (event) => {
    const mark = byKeyboard ? markAt(event.target) : null;
    if (mark) show(mark);
    else hide();
  });
  document.addEventListener("pointerdown", (event) => {
    byKeyboard = false;
    if (!event.target.closest("#quote-peek")) hide();
  });
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener(
    "keydown",
    (event) => {
      byKeyboard = event.key === "Tab";
      if (event.key === "Enter") hide();
      if (event.key !== "Escape" || event.isComposing) return;
      // One thing a press: the quote or the open filter first, and what lies under it stays.
      const filter = document.querySelector(".choices:popover-open");
      if (!at && !filter) return;
      event.stopPropagation();
      hide();
    },
    true,
  );

  // ---- a question to be changed and asked again

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".edit-question");
    const box = document.querySelector("#question textarea");
    if (!button || !box) return;
    box.value = button.dataset.question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  });
})();
