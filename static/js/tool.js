/** The page on which a letter is drafted: all of it is made, and stays, in the reader's browser. */

import { el } from "./dom.js";
import { beginDraft, draft, forgetDraft, watch } from "./drafting.js";
import { keepTextAcrossLanguages } from "./frame.js";
import { onReturn, onWipe, watchExits } from "./leave.js";
import { afterPart, clearPart } from "./part_after.js";
import { checkPart, editedBanner } from "./part_check.js";
import { choicePart } from "./part_choice.js";
import { filePart } from "./part_file.js";
import { ownPart } from "./part_own.js";
import { sentencesPart } from "./part_sentences.js";
import { takePart } from "./part_take.js";
import { wayPart } from "./part_way.js";
import { writerPart } from "./part_writer.js";
import { showSheet } from "./preview.js";
import { onSpeech, say, takeWords, worded } from "./speech.js";

const data = JSON.parse(document.getElementById("letter-data")?.textContent ?? "null");

/** Build the tool on the page, with empty fields. */
function startTool() {
  const place = document.getElementById("letter-tool");
  takeWords(data.words, document.documentElement.lang);
  beginDraft(data);
  document.getElementById("letter-way").replaceChildren(...wayPart());
  place.replaceChildren(
    el(
      "div",
      { class: "drafting__beside" },
      el("div", { class: "drafting__first" }, ...firstParts()),
      previewNode(),
      el("div", { class: "drafting__rest" }, part(4, "check", ...checkPart()), part(5, "take", ...takePart())),
    ),
    ...lastParts(),
  );
  document.documentElement.classList.add("drafts");
}

function firstParts() {
  return [
    part(2, "choice", editedBanner(), ...choicePart(), ...sentencesPart(), ...ownPart()),
    part(3, "writer", editedBanner(), ...writerPart()),
  ];
}

function lastParts() {
  return [
    part(6, "file", ...filePart()),
    part(7, "after", ...afterPart()),
    part(8, "clear", ...clearPart()),
  ];
}

function part(number, key, ...nodes) {
  const id = `part-${key}`;
  const heading = el("h2", { id: `${id}-head` }, el("span", { class: "part-no" }, String(number)), " ", worded("span", `part_${key}`));
  return el("section", { class: "part", id, "aria-labelledby": `${id}-head` }, heading, ...nodes);
}

function previewNode() {
  const sheet = el("article", { class: "sheet sheet--live" });
  const scroll = el("div", { class: "preview__scroll", tabindex: 0, role: "region" }, sheet);
  watch([], () => showSheet(sheet));
  onSpeech(() => scroll.setAttribute("aria-label", say("preview")));
  return el("aside", { class: "preview", "aria-labelledby": "preview-head" }, worded("h2", "preview", { id: "preview-head" }), scroll);
}

function stopTool() {
  forgetDraft();
  document.getElementById("letter-tool")?.replaceChildren();
  document.getElementById("letter-way")?.replaceChildren();
}

watchExits();
if (data) {
  startTool();
  onWipe(stopTool);
  onReturn(startTool);
  keepTextAcrossLanguages(data.frame, () => draft.touched);
}
