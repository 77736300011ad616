// Files are dropped and pasted where the browser can, and large ones show how far they are. A line that says where an answer
// was found goes once the answer is changed. Every page works without it.

const boxes = [...document.querySelectorAll("input[type=file]")].map((input) => input.closest(".govuk-form-group"));

function take(box, files) {
  const input = box.querySelector("input[type=file]");
  const all = new DataTransfer();
  [...input.files, ...files].forEach((file) => all.items.add(file));
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

boxes.forEach((box) => {
  const over = (on) => (event) => { event.preventDefault(); box.classList.toggle("app-drop--over", on); };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", (event) => { over(false)(event); take(box, event.dataTransfer.files); });
});

document.addEventListener("paste", (event) => {
  if (boxes.length && event.clipboardData.files.length) { event.preventDefault(); take(boxes[0], event.clipboardData.files); }
});

// How documents are classified is asked once there is one.
document.querySelectorAll("select[name=classification]").forEach((select) => {
  const input = select.form.querySelector("input[type=file][name=documents]");
  const asked = select.closest(".govuk-form-group");
  if (!input || asked.classList.contains("govuk-form-group--error")) { return; }
  const show = () => { asked.hidden = !input.files.length; };
  input.addEventListener("change", show);
  show();
});

document.addEventListener("input", (event) => {
  const group = event.target.closest(".govuk-form-group");
  if (group) { group.querySelectorAll(":scope > .app-from, :scope > fieldset > .app-from").forEach((line) => line.remove()); }
});

// One page sends files and nothing else: there the browser says how far they are.
document.querySelectorAll("form.app-upload").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const input = form.querySelector("input[type=file]");
    if (!input.files.length || form.dataset.sent) { return; }
    event.preventDefault();
    form.dataset.sent = "1";
    const words = document.createElement("p");
    words.className = "govuk-body";
    words.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "How far the files are");
    form.append(words, bar);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (at) => {
      bar.value = at.lengthComputable ? (100 * at.loaded) / at.total : undefined;
      words.textContent = bar.value < 100 ? `Sending ${Math.round(bar.value)} %` : "Looking into what came";
    });
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.querySelector("#files").focus();
    });
    request.addEventListener("error", () => { words.textContent = "The files could not be sent. Try again."; delete form.dataset.sent; });
    request.open("POST", form.action || location.href);
    request.send(new FormData(form, event.submitter));
  });
});
