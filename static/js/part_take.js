/** Part 5: the letter as short text, full text, file, on paper; each says where the data go. */

import { docxOf } from "./docx.js";
import { el } from "./dom.js";
import { change, draft, linesNow, shortNow, textNow, watch } from "./drafting.js";
import { pushButton, textField } from "./fields.js";
import { hasBlanks } from "./part_check.js";
import { copyButton, save } from "./taking.js";
import { onSpeech, say, toldIn, worded } from "./speech.js";

const MOST_OF_SHORT = 1000;
const FILES = { kk: "khat", ru: "pismo", en: "letter" };
const DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const TXT_TYPE = "text/plain;charset=utf-8";
const BYTE_ORDER_MARK = "\uFEFF";

/** Return the ways of taking the letter. */
export function takePart() {
  return [blankWarning(), ...shortText(), ...fullText(), ...files(), ...paper(), ...mail()];
}

function blankWarning() {
  const warning = worded("p", "blanks_left", { class: "warning" });
  watch([], () => (warning.hidden = !hasBlanks()));
  return warning;
}

function way(key, ...nodes) {
  return [worded("h3", key), ...nodes, worded("p", `${key}_goes`, { class: "note goes" })];
}

function shortText() {
  const counter = el("p", { class: "note counter", id: "short-counter" });
  const text = textField({ key: "short_text", rows: 7, typed: (typed) => change({ editedShort: typed }) });
  const count = () => {
    const n = [...text.field.value].length;
    counter.textContent = say(n > MOST_OF_SHORT ? "counter_over" : "counter", { n, most: say("n_1000") });
  };
  watch([], () => {
    text.field.lang = draft.lang;
    if (draft.editedShort === null) text.field.value = shortNow();
    count();
  });
  onSpeech(count);
  return way("take_short", text.node, counter, copyButton(shortNow, { key: "copy_short", field: text.field }));
}

function fullText() {
  const text = textField({ key: "full_text", rows: 7, typed: () => {}, attributes: { readonly: true } });
  watch([], () => {
    text.field.lang = draft.lang;
    text.field.value = textNow();
  });
  return way("take_full", text.node, copyButton(textNow, { key: "copy_full", field: text.field }));
}

/** Save the letter as a file for Word. Its name says nothing of a subject or a person. */
export function saveDocx() {
  save(docxOf(linesNow()), `${FILES[draft.lang]}.docx`, DOCX_TYPE);
}

/** Return the name of the file for Word. */
export function docxName() {
  return `${FILES[draft.lang]}.docx`;
}

function files() {
  const saveText = () => save(BYTE_ORDER_MARK + textNow(), `${FILES[draft.lang]}.txt`, TXT_TYPE);
  return way(
    "take_file",
    el("p", { class: "buttons" }, pushButton("save_docx", saveDocx), pushButton("save_txt", saveText, { class: "secondary" })),
  );
}

function paper() {
  const hints = draft.data.risk.printing.map((each) => toldIn("li", each.text));
  return way(
    "take_paper",
    el("p", {}, pushButton("print", () => print(), { class: "secondary" })),
    el("ul", { class: "note" }, ...hints),
  );
}

/** A draft of an e-mail that says only that a letter is attached: never the letter. */
function mail() {
  const address = draft.data.mailbox;
  const link = worded("a", "open_mail", { class: "button secondary", href: "mailto:" });
  const show = () => {
    const subject = encodeURIComponent(draft.data.subject[draft.lang]);
    const body = encodeURIComponent(draft.data.mail[draft.lang]);
    link.setAttribute("href", `mailto:${address ? encodeURIComponent(address) : ""}?subject=${subject}&body=${body}`);
  };
  watch(["lang"], show);
  const note = el("p", {});
  onSpeech(() => (note.textContent = address ? say("mail_to", { address }) : say("mail_to_nobody")));
  return way("take_mail", note, el("p", {}, link));
}

