"use strict";
// Decide hits by keyboard. Everything here is also there without it: labels, radio buttons, a button.
(() => {
  const form = document.getElementById("hit-form");
  const next = document.getElementById("next-hit");
  const answers = { t: "true", f: "false", u: "unsure" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, input[type=text], select, a, button, summary")) return;
    const key = event.key.toLowerCase();
    if (key === "n" && next) {
      next.click();
    } else if (!form) {
      return;
    } else if (answers[key]) {
      const input = form.querySelector(`input[name=answer][value=${answers[key]}]`);
      input.checked = true;
      input.focus();
    } else if (/^[1-9]$/.test(key)) {
      const input = form.querySelectorAll("input[name=reason_code]")[Number(key) - 1];
      if (input) {
        input.checked = true;
        input.focus();
      }
    } else if (event.key === "Enter") {
      form.requestSubmit();
    } else {
      return;
    }
    event.preventDefault();
  });
})();
