// Turns the page from asking to checking guidance and back, and prints the table.
"use strict";

(() => {
  const root = document.documentElement;

  function turnTo(mode) {
    root.classList.toggle("guiding", mode === "guidance");
    sessionStorage.setItem("mode", mode);
    show();
    const box = document.querySelector(mode === "guidance" ? "#description textarea" : "#question textarea");
    window.scrollTo(0, 0);
    if (!window.matchMedia("(max-width: 1019px)").matches) box?.focus({ preventScroll: true });
  }

  function show() {
    const mode = root.classList.contains("guiding") ? "guidance" : "ask";
    for (const button of document.querySelectorAll(".mode")) {
      const pressed = String(button.dataset.mode === mode);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }

  document.addEventListener("click", (event) => {
    const mode = event.target.closest(".mode");
    if (mode) return turnTo(mode.dataset.mode);
    if (event.target.closest("button.print")) window.print();
  });

  // A whole table is made at a time; a second one waits for it.
  document.addEventListener(
    "click",
    (event) => {
      const again = event.target.closest("#check, #switch-language");
      if (!again || !document.querySelector("#guidance-table [aria-busy]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  // Enter goes on with the text, which may have several lines; with Ctrl or Cmd it sends.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.closest("#description")) document.querySelector("#check").click();
  });

  new MutationObserver(show).observe(root, { childList: true, subtree: true });
  // A link of the other pages names the mode that it leads to.
  if (location.hash === "#guidance") sessionStorage.setItem("mode", "guidance");
  if (sessionStorage.getItem("mode") === "guidance") root.classList.add("guiding");
  show();
})();
