// What the desk does beside its forms: files and folders dragged onto it, and work that goes on told anew.
"use strict";

(() => {
  const form = document.querySelector("form.sending");
  if (form) dragAndDrop(form);
  const job = document.querySelector("#job");
  if (job && job.dataset.over !== "true") follow();

  function dragAndDrop(form) {
    const [files] = form.querySelectorAll("input[type=file]");
    const drop = form.querySelector(".drop");
    const told = form.querySelector(".told");
    drop.hidden = false;

    for (const name of ["dragover", "dragenter"]) {
      form.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    form.addEventListener("dragleave", () => drop.classList.remove("over"));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const found = entries.length
        ? (await Promise.all(entries.map(filesOf))).flat()
        : [...event.dataTransfer.files];
      const held = new DataTransfer();
      for (const file of found) held.items.add(file);
      files.files = held.files;
      check();
    });
    form.addEventListener("change", check);
    form.addEventListener("submit", (event) => {
      if (!check()) return event.preventDefault();
      form.querySelector("button").disabled = true;
      told.textContent = form.dataset.sending;
    });

    // Says what is too much before anything is sent; the server refuses it in any case.
    function check() {
      const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
      const large = chosen.find((file) => file.size > Number(form.dataset.largest));
      const many = chosen.length > Number(form.dataset.most);
      told.textContent = large
        ? `${large.name}: ${form.dataset.tooLarge}`
        : many
          ? form.dataset.tooMany
          : chosen.length
            ? `${form.dataset.chosen} ${chosen.length}`
            : "";
      return !large && !many;
    }
  }

  // The files of a folder that was dropped, those of the folders in it too; hidden ones are passed over.
  async function filesOf(entry) {
    if (entry.name.startsWith(".")) return [];
    if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
    const reader = entry.createReader();
    const inside = [];
    for (;;) {
      const some = await new Promise((found, failed) => reader.readEntries(found, failed));
      if (!some.length) break;
      inside.push(...some);
    }
    return (await Promise.all(inside.map(filesOf))).flat();
  }

  async function follow() {
    for (;;) {
      await new Promise((later) => setTimeout(later, 700));
      const shown = document.querySelector("#job");
      if (shown.dataset.over === "true") return;
      const answer = await fetch(shown.dataset.address);
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#job");
      // The line that is read out is kept and only its words change, so that a change is heard.
      const line = shown.querySelector(".job-line");
      const next = fresh.querySelector(".job-line");
      if (line.innerHTML !== next.innerHTML) line.replaceChildren(...next.childNodes);
      const focused = shown.contains(document.activeElement);
      next.replaceWith(line);
      shown.replaceWith(fresh);
      if (focused) fresh.querySelector("a")?.focus();
    }
  }
})();
