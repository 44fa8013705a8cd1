/** Taking a text along: to the clipboard, as a file, on paper. Nothing is asked of any server. */

import { el } from "./dom.js";
import { onSpeech, say, worded } from "./speech.js";

const SHOWN_FOR = 6000;

/** Return a button that copies a text, with a line beside it that says whether it did. */
export function copyButton(textOfCopy, { key = "copy", describedBy, field } = {}) {
  const result = el("span", { class: "copied", role: "status" });
  const copy = async () => {
    const isCopied = (await copied(textOfCopy())) || copiedBySelection(textOfCopy(), field);
    result.textContent = say(isCopied ? "copied" : "not_copied");
    setTimeout(() => (result.textContent = ""), SHOWN_FOR);
  };
  const button = worded("button", key, { type: "button", class: "secondary", "aria-describedby": describedBy, click: copy });
  onSpeech(() => (result.textContent = ""));
  return el("span", { class: "copying" }, button, result);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // No permission, or an address without TLS: the older way is left.
  }
}

/** The older way, which needs a field to select. */
function copiedBySelection(text, shown) {
  const field = shown ?? document.body.appendChild(el("textarea", { class: "visually-hidden", autocomplete: "off" }));
  if (!shown) field.value = text;
  field.select();
  const isCopied = document.execCommand("copy");
  if (!shown) field.remove();
  return isCopied;
}

/** Save bytes or a text as a file of the reader's. */
export function save(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
