// The filters above the question box: fetched once a language, kept here while the conversation lasts, and sent
// with every question.
"use strict";

(() => {
  const LISTS = ["issuers", "kinds", "levels", "languages", "document_ids"];
  const DAYS = ["date_from", "date_to", "as_of"];
  let chosen = empty();
  let fetched = null; // the language in which the chips are there
  let restored = false; // the filters of an earlier conversation, once it is opened again

  function empty() {
    return { issuers: [], kinds: [], levels: [], languages: [], document_ids: [], date_from: "", date_to: "", validity: "", as_of: "" };
  }

  const bar = () => document.querySelector("#filters .filter-bar");
  const fields = (part) => [...bar().querySelectorAll(`#choose-${part} input[name]`)];

  window.chosenFilters = () => {
    const sent = {};
    for (const name of LISTS) if (chosen[name].length) sent[name] = chosen[name];
    for (const name of ["date_from", "date_to"]) if (chosen[name]) sent[name] = chosen[name];
    if (chosen.validity === "as_of" && chosen.as_of) sent.as_of = chosen.as_of;
    if (chosen.validity === "all") sent.include_superseded = true;
    return Object.keys(sent).length ? JSON.stringify(sent) : "";
  };

  async function fetchChips(language) {
    fetched = language;
    try {
      const response = await fetch(`/filters?lang=${language === "zh-CN" ? "zh" : "en"}`);
      if (!response.ok || fetched !== language) return;
      bar().innerHTML = await response.text();
    } catch {
      fetched = null; // the page is asked again when it is next drawn
      return;
    }
    fill();
  }

  function read() {
    for (const name of LISTS) {
      const boxes = fields(name);
      if (boxes.length) chosen[name] = boxes.filter((box) => box.checked).map((box) => box.value);
    }
    for (const name of DAYS) {
      const field = bar().querySelector(`input[name="${name}"]`);
      if (field) chosen[name] = field.value;
    }
    chosen.validity = bar().querySelector('input[name="validity"]:checked')?.value ?? "";
    tell();
  }

  function fill() {
    for (const name of LISTS) for (const box of fields(name)) box.checked = chosen[name].includes(box.value);
    for (const name of DAYS) {
      const field = bar().querySelector(`input[name="${name}"]`);
      if (field) field.value = chosen[name];
    }
    for (const radio of bar().querySelectorAll('input[name="validity"]')) radio.checked = radio.value === chosen.validity;
    tell();
  }

  function named(part) {
    const name = (field) => field.closest("label").querySelector(".choice-name").textContent;
    if (part === "dates") {
      const days = [chosen.date_from, chosen.date_to];
      return days.some(Boolean) ? [days.join(" – ").trim()] : [];
    }
    if (part !== "validity") return fields(part).filter((box) => box.checked).map(name);
    const radio = bar().querySelector('input[name="validity"]:checked');
    if (!radio?.value || (radio.value === "as_of" && !chosen.as_of)) return [];
    return [radio.value === "as_of" ? `${name(radio)} ${chosen.as_of}` : name(radio)];
  }

  function tell() {
    for (const chip of bar().querySelectorAll(".chip")) {
      const values = named(chip.dataset.filter);
      const label = chip.dataset.label;
      const more = values.length > 1 ? ` +${values.length - 1}` : "";
      const colon = fetched === "zh-CN" ? "：" : ": ";
      const told = chip.dataset.filter === "validity" ? values[0] : `${label}${colon}${values[0]}${more}`;
      chip.querySelector(".chip-open").textContent = values.length ? told : label;
      chip.querySelector(".chip-clear").hidden = !values.length;
      chip.classList.toggle("chosen", values.length > 0);
    }
  }

  function clear(part) {
    if (part === "dates") chosen.date_from = chosen.date_to = "";
    else if (part === "validity") chosen.validity = chosen.as_of = "";
    else chosen[part] = [];
    fill();
  }

  function narrow(box) {
    const wanted = box.value.trim().toLocaleLowerCase();
    for (const label of box.parentElement.querySelectorAll(".choice")) {
      label.hidden = wanted !== "" && !label.textContent.toLocaleLowerCase().includes(wanted);
    }
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest?.("#filters .choices")) return;
    if (field.matches(".narrow-list")) return narrow(field);
    // A day that is typed is meant.
    if (field.name === "as_of") bar().querySelector('input[value="as_of"]').checked = field.value !== "";
    read();
  });

  document.addEventListener("click", (event) => {
    const cleared = event.target.closest(".chip-clear");
    if (cleared) {
      const chip = cleared.closest(".chip");
      clear(chip.dataset.filter);
      chip.querySelector(".chip-open").focus();
    } else if (event.target.closest("#new-conversation") && bar()?.children.length) {
      chosen = empty();
      fill();
    }
  });

  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.("#filters .choices")) return;
      const panel = event.target;
      const opener = bar().querySelector(`[popovertarget="${panel.id}"].chip-open`);
      opener.closest(".chip").scrollIntoView({ block: "nearest", inline: "nearest" });
      if (event.newState !== "open") return;
      const chip = opener.getBoundingClientRect();
      const left = Math.min(Math.max(8, chip.left), innerWidth - panel.offsetWidth - 8);
      panel.style.left = `${left}px`;
      panel.style.bottom = `${innerHeight - chip.top + 6}px`;
      panel.style.maxHeight = `${Math.min(420, Math.max(160, chip.top - 16))}px`;
      panel.querySelector("input")?.focus({ preventScroll: true });
    },
    true,
  );

  // What is not offered any more, such as an issuer whose documents are gone, is left out.
  function restore(sent) {
    restored = true;
    chosen = { ...empty(), ...sent };
    for (const name of LISTS) {
      const offered = fields(name).map((box) => box.value);
      chosen[name] = chosen[name].filter((value) => offered.includes(value));
    }
    chosen.validity = sent.include_superseded ? "all" : sent.as_of ? "as_of" : "";
    fill();
  }

  function drawn() {
    const last = [...document.querySelectorAll(".exchange")].at(-1);
    if (!restored && last?.dataset.filters && bar()?.children.length) restore(JSON.parse(last.dataset.filters));
    const language = document.querySelector(".brand")?.dataset.pageLanguage;
    if (bar() && language && language !== fetched) fetchChips(language);
  }

  new MutationObserver(drawn).observe(document.documentElement, { childList: true, subtree: true });
  drawn();
})();
