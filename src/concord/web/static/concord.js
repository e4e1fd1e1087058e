// Folds the menu on a phone and keeps a pressed button from being pressed twice; nothing depends on it.
import { initAll } from "./govuk/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
