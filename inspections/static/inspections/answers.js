// Keeps what is typed while an inspector walks about: on the server, sealed, every few seconds; on the phone,
// encrypted under a key that only the signed-in page knows, while there is no network. Without this script the page
// works the same: the Save button saves.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch) return;
  const said = document.getElementById("kept");
  const words = said.dataset;
  const name = "safeconduct." + form.dataset.keep;
  const WEEK = 7 * 24 * 3600 * 1000;
  const box = (() => { try { localStorage.setItem("safeconduct.probe", "1"); localStorage.removeItem("safeconduct.probe"); return localStorage; } catch { return null; } })();
  let dirty = false, timer = 0, sending = false, leaving = false;

  const say = (text) => { said.textContent = text; };
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const key = () => crypto.subtle.importKey("raw", bytes(form.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const typed = () => [...new FormData(form)].filter(([field, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "form_key", "base"].includes(field));

  const number = () => Number(form.dataset.number);
  const forget = () => { if (box) box.removeItem(name); };
  const sweep = () => {
    if (!box) return;
    for (const other of Object.keys(box)) {
      if (!other.startsWith("safeconduct.")) continue;
      try { if (Date.now() - JSON.parse(box.getItem(other)).at > WEEK) box.removeItem(other); } catch { box.removeItem(other); }
    }
  };
  // A copy stays until the section was saved after it was sent: an answer to a draft may arrive while the page is leaving.
  const keepHere = async () => {
    if (!box || !window.crypto || !crypto.subtle) return false;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = new TextEncoder().encode(JSON.stringify(typed()));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), data);
    try { box.setItem(name, JSON.stringify({ at: Date.now(), sent: leaving, base: form.elements.base.value, number: number(), iv: base64(iv), data: base64(sealed) })); return true; } catch { return false; }
  };
  const markSent = () => {
    const kept = box && box.getItem(name);
    if (kept) box.setItem(name, JSON.stringify({ ...JSON.parse(kept), sent: true, number: number() }));
  };
  const restore = async () => {
    if (!box || !window.crypto || !crypto.subtle || !box.getItem(name)) return;
    try {
      const kept = JSON.parse(box.getItem(name));
      if (kept.sent && number() > kept.number) return forget();
      const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.iv) }, await key(), bytes(kept.data));
      const pairs = JSON.parse(new TextDecoder().decode(open));
      for (const field of form.elements) {
        if (!field.name || field.type === "hidden" || field.type === "file") continue;
        const values = pairs.filter(([other]) => other === field.name).map(([, value]) => value);
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else if (values.length) field.value = values[0];
      }
      form.elements.base.value = kept.base;
      say(words.restored);
      changed();
    } catch { forget(); }
  };
  const send = async () => {
    if (!dirty || sending || leaving) return;
    sending = true; dirty = false;
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Draft": "1" }, redirect: "manual", credentials: "same-origin" });
      if (answer.status === 204) say(words.server);
      else { dirty = true; await keepHere(); say(words.signedOut); }
    } catch {
      dirty = true;
      say(await keepHere() ? words.device : words.nowhere);
    } finally { sending = false; if (dirty && !leaving) timer = setTimeout(send, 15000); }
  };
  let soon = 0;
  const changed = () => {
    dirty = true;
    clearTimeout(soon); soon = setTimeout(keepHere, 300);
    clearTimeout(timer); timer = setTimeout(send, 2500);
  };

  // An adverse answer asks for a note: show where to write it.
  const openNote = (target) => {
    const question = target.closest("[data-adverse]");
    const note = question && question.querySelector("details");
    if (!note || note.open || target.closest("details")) return;
    const limit = question.dataset.adverse;
    note.open = limit.startsWith(">") ? target.value !== "" && Number(target.value) > Number(limit.slice(1)) : target.value === limit;
  };
  form.addEventListener("input", (event) => { openNote(event.target); changed(); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); clearTimeout(soon); markSent(); keepHere(); });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && dirty && !leaving) { keepHere(); send(); } });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  sweep();
  restore();
})();
