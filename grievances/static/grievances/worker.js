// Sends files piece by piece, records a voice, and, only if she asks for it, keeps an unsent report on this phone for
// a day: locked with a key that no script can read out, gone when she sends, leaves or deletes it. Nothing here is needed.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const DAY = 864e5, SECOND = 1e3, SMALLEST = 32768, LARGEST = 1048576, LONGEST = 30 * 60 * SECOND;
  const form = document.querySelector("form[data-part]"), says = form ? form.dataset : {};
  const wait = (time) => new Promise((done) => setTimeout(done, time));

  // What is kept on this phone.
  const locks = window.indexedDB && window.crypto && crypto.subtle;
  const forget = () => new Promise((done) => {
    if (!window.indexedDB) return done();
    const ask = indexedDB.deleteDatabase("kept");
    ask.onsuccess = ask.onerror = ask.onblocked = done;
  });
  const store = (mode, act) => new Promise((done, fail) => {
    const open = indexedDB.open("kept", 1);
    // Looking makes nothing: an empty box would tell that somebody was here.
    open.onupgradeneeded = () => mode === "readonly" ? open.transaction.abort() : open.result.createObjectStore("kept");
    open.onerror = fail;
    open.onsuccess = () => {
      const db = open.result, deal = db.transaction("kept", mode), ask = act(deal.objectStore("kept"));
      deal.oncomplete = () => { db.close(); done(ask.result); };
      deal.onerror = deal.onabort = (event) => { db.close(); fail(event); };
    };
  });
  const lock = async (key, bytes) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  };
  const unlock = (key, box) => crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.data);
  const unsent = new Map();
  let saving = Promise.resolve();
  const save = () => (saving = saving.then(async () => {
    if (!$("keep") || !$("keep").checked) return;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "guard");
    const files = [];
    for (const blob of unsent.values()) {
      files.push({ type: blob.type, ...(await lock(key, await blob.arrayBuffer())) });
    }
    const words = await lock(key, new TextEncoder().encode(JSON.stringify(fields)));
    await store("readwrite", (kept) => kept.put({ key, words, files, until: Date.now() + DAY }, 1));
  }).catch(() => {}));
  const find = async () => {
    const kept = await store("readonly", (all) => all.get(1)).catch(() => null);
    if (kept && kept.until > Date.now()) return kept;
    await forget(); // not even an empty box stays
    return null;
  };
  const goOn = async (kept) => {
    const again = document.createElement("form");
    const put = (name, value) => again.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    const fields = JSON.parse(new TextDecoder().decode(await unlock(kept.key, kept.words)));
    fields.forEach(([name, value]) => put(name, value));
    put("guard", form.elements.guard.value);
    put("stay", "1");
    Object.assign(again, { method: "post", action: form.action, hidden: true });
    document.body.append(again);
    again.submit();
  };
  const keeping = async () => {
    if (!locks || !$("keep-box")) return;
    const kept = await find(), box = $("keep"), first = form.elements.step.value === "what";
    if (kept && first && $("kept")) {
      $("kept").hidden = false;
      $("kept-on").onclick = () => goOn(kept);
      $("kept-off").onclick = () => forget().then(() => { $("kept").hidden = true; });
      return;
    }
    $("keep-box").hidden = false;
    box.checked = !!kept;
    box.onchange = () => (box.checked ? save() : (saving = saving.then(forget)));
    let soon;
    form.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(save, 400); });
    if (!kept) return;
    for (const file of $("sending") ? kept.files : []) {
      send(new Blob([await unlock(kept.key, file)], { type: file.type }));
    }
    save();
  };

  // What is on its way.
  const post = async (fields) => {
    const body = new FormData(), stop = new AbortController(), late = setTimeout(() => stop.abort(), 60 * SECOND);
    Object.entries(fields).forEach(([name, value]) => body.append(name, value));
    ["token", "guard"].forEach((name) => body.append(name, form.elements[name].value));
    try {
      const answer = await fetch(says.part, { method: "POST", body, signal: stop.signal });
      if (answer.status > 499) throw answer.status;
      return await answer.json();
    } finally {
      clearTimeout(late);
    }
  };
  const line = () => {
    const row = $("sending-row").content.firstElementChild.cloneNode(true);
    $("sending").append(row);
    const [text, bar, again, out] = ["p", "progress", ".again", ".out"].map((part) => row.querySelector(part));
    return { row, text, bar, again, out };
  };
  const send = async (blob) => {
    const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const shown = line();
    let start = 0, size = 2 * SMALLEST, tries = 0, out = false;
    const end = (words) => {
      unsent.delete(name);
      shown.bar.remove();
      shown.again.remove();
      if (words) { shown.text.textContent = words; shown.out.remove(); } else shown.row.remove();
      save();
      pending();
    };
    shown.out.onclick = () => { out = true; end(); post({ name, drop: 1 }).catch(() => {}); };
    unsent.set(name, blob);
    save();
    while (!out) {
      const began = Date.now();
      try {
        const got = await post({ name, start, total: blob.size, part: tries ? new Blob() : blob.slice(start, start + size) });
        if (out) return;
        if (got.why || got.kept) return end(got.why || got.kept);
        if (got.wait) { await wait(got.wait * SECOND); continue; }
        start = got.have;
        tries = 0;
        shown.bar.value = start / blob.size;
        shown.text.textContent = says.sending;
        size = Date.now() - began < 2 * SECOND ? Math.min(LARGEST, size * 2) : Math.max(SMALLEST, size / 2);
      } catch (broken) {
        shown.text.textContent = says.broken;
        shown.again.hidden = false;
        tries += 1;
        await Promise.race([
          wait(Math.min(30, 2 ** tries) * SECOND),
          new Promise((done) => { shown.again.onclick = done; addEventListener("online", done, { once: true }); }),
        ]);
        shown.again.hidden = true;
      }
    }
  };
  let after = null;
  const pending = () => { if (after && !unsent.size) { const go = after; after = null; go(); } };

  // What is spoken.
  const recording = () => {
    const box = $("voice-box");
    if (!box || !window.MediaRecorder || !navigator.mediaDevices) return;
    const [go, stop, use, drop, hear, state] = ["go", "stop", "use", "drop", "hear", "state"].map((part) => $("voice-" + part));
    let recorder, sound, pieces = [], clock, began;
    const show = (words, ...parts) => {
      state.textContent = words;
      [go, stop, use, drop, hear].forEach((part) => { part.hidden = !parts.includes(part); });
      box.classList.toggle("recording", parts.includes(stop));
    };
    const clear = () => {
      clearInterval(clock);
      if (recorder) recorder.stream.getTracks().forEach((track) => track.stop());
      if (hear.src) URL.revokeObjectURL(hear.src);
      hear.removeAttribute("src");
      recorder = sound = null;
      pieces = [];
      show("", go);
    };
    go.onclick = async () => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32000 });
      } catch (refused) {
        return show(says.deaf, go);
      }
      const mine = recorder;
      mine.ondataavailable = (event) => pieces.push(event.data);
      mine.onstop = () => {
        if (recorder !== mine) return;
        clearInterval(clock);
        mine.stream.getTracks().forEach((track) => track.stop());
        sound = new Blob(pieces, { type: mine.mimeType });
        pieces = [];
        hear.src = URL.createObjectURL(sound);
        show(says.recorded, hear, use, drop);
      };
      mine.start(SECOND);
      began = Date.now();
      const tick = () => {
        const past = Math.floor((Date.now() - began) / SECOND);
        $("voice-time").textContent = past < 1 ? "" : Math.floor(past / 60) + ":" + String(past % 60).padStart(2, "0");
        if (past * SECOND > LONGEST) mine.stop();
      };
      clock = setInterval(tick, SECOND);
      show(says.recording, stop);
      stop.focus();
    };
    stop.onclick = () => { recorder.stop(); $("voice-time").textContent = ""; };
    use.onclick = () => { send(sound); clear(); go.focus(); };
    drop.onclick = () => { clear(); go.focus(); };
    addEventListener("pagehide", clear);
    box.hidden = false;
    const plain = document.querySelector("[name=voice]");
    if (plain) plain.closest(".field").hidden = true;
    show("", go);
  };

  // Leaving and sending.
  document.querySelectorAll("a[href$='/exit/']").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    Promise.race([forget(), wait(300)]).then(() => location.replace(link.href));
  }));
  if (document.querySelector("[data-sent]")) forget();
  // Shift three times leaves at once; so does half an hour in which nothing is done, on pages behind the receipt.
  const leave = () => { const link = document.querySelector("a[href$='/exit/']"); if (link) link.click(); };
  let shifts = 0, pressed = 0;
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    shifts = event.key !== "Shift" ? 0 : Date.now() - pressed < 2 * SECOND ? shifts + 1 : 1;
    pressed = Date.now();
    if (shifts > 2) leave();
  });
  const idle = document.querySelector("script[data-idle]");
  if (idle) {
    const warning = Object.assign(document.createElement("p"), { className: "notice warning", role: "alert" });
    let timers = [];
    const awake = () => {
      timers.forEach(clearTimeout);
      warning.remove();
      timers = [setTimeout(() => {
        warning.textContent = idle.dataset.idle;
        document.querySelector("main").prepend(warning);
      }, 25 * 60 * SECOND), setTimeout(leave, 30 * 60 * SECOND)];
    };
    ["keydown", "pointerdown", "input"].forEach((kind) => addEventListener(kind, awake));
    awake();
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (!form) return;
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure || !form.requestSubmit) return;
    event.preventDefault();
    const pressed = event.submitter, note = $("line-note");
    if (unsent.size) {
      note.textContent = says.busy;
      note.hidden = false;
      after = () => form.requestSubmit(pressed);
      return;
    }
    await save();
    try {
      await fetch(says.part, { cache: "no-store", signal: AbortSignal.timeout ? AbortSignal.timeout(15 * SECOND) : undefined });
    } catch (broken) {
      note.textContent = says.lost;
      note.hidden = false;
      note.focus();
      return;
    }
    sure = true;
    form.requestSubmit(pressed);
    sure = false;
  });
  if ($("sending")) {
    document.querySelectorAll("input[type=file]").forEach((input) => input.addEventListener("change", () => {
      [...input.files].forEach(send);
      input.value = "";
    }));
  }
  recording();
  keeping();
})();
