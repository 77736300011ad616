// Keeps what is being typed as a draft, and says before a session ends. Every page works without it.

const EVERY_MS = 20_000;

function said(form) {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") words.append(name, value);
  }
  return words;
}

// A form that is kept stands on a page that has a place to say so, carries our token, and has something to type into.
export function keepTyped() {
  const note = document.querySelector("[data-kept]");
  const forms = [...document.querySelectorAll('form[method="post"]')].filter((form) =>
    form.elements.once && form.querySelector("textarea, input[type=text], input[type=email]"));
  return note ? forms.map((form) => keep(form, note)) : [];
}

function keep(form, note) {
  // What stands there after an error is not kept yet.
  let last = document.querySelector(".govuk-error-summary") ? "" : said(form).toString();
  let leaving = false, over = false, saving = null;

  const address = () => form.getAttribute("action") || window.location.href;
  const body = () => { const words = said(form); words.append("quietly", "1"); return words; };
  const changed = () => !leaving && !over && said(form).toString() !== last;

  // One at a time: whoever asks while it is being kept waits for that.
  function save() {
    saving ??= keepNow().finally(() => { saving = null; });
    return saving;
  }

  async function keepNow() {
    if (!changed()) return;
    const now = said(form).toString();
    try {
      const answer = await fetch(address(), { method: "POST", body: body(), headers: { Accept: "application/json" } });
      if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) return;
      const found = await answer.json();
      if (!found.kept) return;
      last = now;
      over = !found.signed_in;
      note.hidden = false;
      note.textContent = `Draft kept at ${found.at}. Only you can see it.`;
      if (over) note.textContent += " You are signed out: sign in to go on.";
      if (found.page && !form.getAttribute("action")) window.history.replaceState(null, "", found.page);
    } catch { /* the server does not answer: tried again in 20 seconds */ }
  }

  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("pagehide", () => { if (changed()) navigator.sendBeacon(address(), body()); });
  window.setInterval(save, EVERY_MS);
  return save;
}

const clockTime = (seconds) =>
  new Date(Date.now() + seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// Two ends: nothing asked for half an hour, and eight hours from signing in. Another tab may have moved the first.
export function warnOfEnd(saves) {
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const words = box.querySelector("[data-words]"), stay = box.querySelector("[data-stay]");
  const again = box.querySelector("[data-again]");
  const warned = Number(box.dataset.warned);
  let idleAt, wholeAt, timer;

  function lookIn(seconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(seconds, 1) * 1000);
  }

  function heard({ idle, whole }) {
    idleAt = Date.now() + idle * 1000;
    wholeAt = Date.now() + whole * 1000;
    const first = Math.min(idle, whole) - warned;
    if (first > 0) box.hidden = true;
    lookIn(first);
  }

  // Whether somebody is signed in still. Raises where the server does not say.
  async function ask(query = "") {
    const answer = await fetch(box.dataset.session + query, { headers: { Accept: "application/json" } });
    if (answer.redirected) return false;
    if (!answer.ok) throw new Error(answer.statusText);
    heard(await answer.json());
    return true;
  }

  async function look() {
    await Promise.all(saves.map((save) => save()));
    try {
      if (!await ask()) return ended();
    } catch { return lookIn(EVERY_MS / 1000); }
    const left = (Math.min(idleAt, wholeAt) - Date.now()) / 1000;
    if (left > warned) return;
    const whole = wholeAt <= idleAt;
    words.textContent = whole
      ? `You will be signed out at ${clockTime(left)}, eight hours after you signed in. What you typed goes on with your password.`
      : `You will be signed out at ${clockTime(left)}, because you have done nothing for a while.`;
    stay.hidden = whole;
    again.hidden = !whole;
    again.href = `${box.dataset.again}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
    box.hidden = false;
    lookIn(left + 1);
  }

  function ended() {
    words.textContent = saves.length
      ? "You are signed out. What you typed is kept: send it, sign in, and go on."
      : "You are signed out. Sign in to go on.";
    stay.hidden = again.hidden = true;
    box.hidden = false;
  }

  stay.addEventListener("click", async () => {
    try {
      if (!await ask("?stay=1")) ended();
    } catch { words.textContent = "The server does not answer. Press the button again in a moment."; }
  });
  heard({ idle: Number(box.dataset.idle), whole: Number(box.dataset.whole) });
}
