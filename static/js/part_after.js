/** Parts 7 and 8: what comes after the letter, and clearing everything. */

import { el, isOnDisk } from "./dom.js";
import { draft } from "./drafting.js";
import { onSpeech, pageLanguage, toldIn, worded } from "./speech.js";

/** Return the way to the page about what comes after; from a disk there is none, only where to find it. */
export function afterPart() {
  if (isOnDisk()) return [worded("p", "after_on_site")];
  const link = worded("a", "after_open", { class: "button", target: "_blank", rel: "noopener noreferrer" });
  onSpeech(() => link.setAttribute("href", `/${pageLanguage()}/letters/after`));
  return [worded("p", "after_lead"), el("p", {}, link), worded("p", "after_note", { class: "note" })];
}

/** Return the button that clears everything. Without it, leaving the page wipes the fields too. */
export function clearPart() {
  const link = worded("a", "clear_all", { class: "button", "data-clear": true });
  onSpeech(() => link.setAttribute("href", `/${pageLanguage()}/letters/cleared`));
  return [worded("p", "clear_lead"), el("p", {}, link), toldIn("p", draft.data.risk.history, { class: "note" })];
}
