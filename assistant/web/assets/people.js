// When a log-in has ended while the page was open: says so and leads to the log-in, in another tab, so that
// what has been typed and read here stays.
"use strict";

(() => {
  const fetched = window.fetch;

  function tell() {
    const words = document.querySelector("#person .person")?.dataset;
    if (!words || document.getElementById("log-in-ended")) return;
    const bar = document.createElement("div");
    bar.id = "log-in-ended";
    bar.setAttribute("role", "alert");
    const link = document.createElement("a");
    link.href = "/login?" + new URLSearchParams({ lang: words.language });
    link.target = "_blank";
    link.textContent = words.logIn;
    link.addEventListener("click", () => bar.remove());
    bar.append(words.ended + " ", link);
    document.body.append(bar);
  }

  window.fetch = async (...asked) => {
    const answer = await fetched(...asked);
    if (answer.status === 401 && new URL(answer.url).origin === location.origin) tell();
    return answer;
  };
})();
