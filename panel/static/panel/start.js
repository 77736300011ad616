// Says that scripts run, starts GOV.UK Frontend, keeps what is typed, and opens every details before printing in browsers whose print
// style cannot. Every page works without it.
import { initAll } from "./govuk-frontend.min.js";
import { keepTyped, warnOfEnd } from "./keep.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
warnOfEnd(keepTyped());

let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => { details.open = true; });
});

window.addEventListener("afterprint", () => {
  opened.forEach((details) => { details.open = false; });
});
