/**
 * Warns before a form is lost that somebody changed and did not send. It changes nothing on the page, takes no key,
 * keeps nothing, and says what browsers say in their own words.
 */

/** Tells whether a form holds what was not sent: typed since the page came, or sent before and refused. */
export function isUnsaved(form) {
  return form.dataset.unsaved === "typed";
}

/** Watches every form that asks for it. */
export function watchUnsaved(page, view) {
  const forms = [...page.querySelectorAll("form[data-unsaved]")];
  for (const form of forms) {
    form.addEventListener("input", () => {
      form.dataset.unsaved = "typed";
    });
    form.addEventListener("submit", () => {
      form.dataset.unsaved = "sent";
    });
  }
  view.addEventListener("beforeunload", (leaving) => {
    if (forms.some(isUnsaved)) {
      leaving.preventDefault();
    }
  });
}

if (typeof document !== "undefined") {
  watchUnsaved(document, window);
}
