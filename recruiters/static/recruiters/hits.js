"use strict";
// Decide hits by keyboard. Everything here is also there without it: labels, radio buttons, links, buttons.
(() => {
  const form = document.getElementById("hit-form");
  const undo = document.getElementById("undo-form");
  const answers = { T: "true", F: "false", U: "unsure" };
  const links = { J: "next-hit", N: "next-hit", K: "previous-hit" };
  let sent = false;

  // The place on the keyboard counts, so that the keys are the same under an Arabic or a Nepali layout.
  const keyOf = (event) => {
    const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([1-9]))$/.exec(event.code || "");
    return place ? place[1] || place[2] : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  };
  const chosen = () => form.querySelector("input[name=answer]:checked");
  const reasonsOf = (answer) => [...form.querySelectorAll(`[data-answer=${answer}] input[name=reason_code]`)];
  const show = () => {
    const answer = chosen();
    for (const group of form.querySelectorAll("[data-answer]")) {
      const open = answer && group.dataset.answer === answer.value; // reasons wait until they are asked for
      group.querySelector(".reasons").hidden = !open;
      if (!open) for (const input of reasonsOf(group.dataset.answer)) input.checked = false;
    }
  };
  const suggest = () => {
    const answer = chosen();
    if (!answer || reasonsOf(answer.value).some((input) => input.checked)) return;
    const likely = reasonsOf(answer.value).find((input) => input.value === answer.dataset.suggested);
    if (likely) likely.checked = true;
  };
  const decide = () => {
    if (sent) return;
    sent = true;
    form.requestSubmit();
  };

  if (form) {
    show();
    form.addEventListener("change", (event) => {
      if (event.target.name !== "answer") return;
      show();
      suggest();
    });
    window.addEventListener("pageshow", () => { sent = false; });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("textarea, input[type=text], select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = keyOf(event);
    if (links[key]) {
      const link = document.getElementById(links[key]);
      if (link) link.click();
    } else if (key === "Z" && undo) {
      if (!sent) { sent = true; undo.requestSubmit(); }
    } else if (!form) {
      return;
    } else if (answers[key]) {
      const input = form.querySelector(`input[name=answer][value=${answers[key]}]`);
      input.checked = true;
      for (const each of reasonsOf(input.value)) each.checked = false;
      show();
      suggest();
      input.focus();
    } else if (/^[1-9]$/.test(key) && chosen()) {
      const input = reasonsOf(chosen().value)[Number(key) - 1];
      if (!input) return;
      input.checked = true;
      if (input.value === "other" && !form.elements.reason.value.trim()) form.elements.reason.focus();
      else decide();
    } else if (key === "Enter" && !event.target.closest("a, button, summary")) {
      decide();
    } else {
      return;
    }
    event.preventDefault();
  });
})();
