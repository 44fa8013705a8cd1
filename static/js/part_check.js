/** Part 4: what the law asks for and is still missing, the norms with their day, and editing everything by hand. */

import { BLANK, holdsOn, rulesOf, textOf } from "./compose.js";
import { el } from "./dom.js";
import { change, choiceNow, countOf, draft, enclosuresNow, letterDay, linesNow, sheetIn, textNow, watch } from "./drafting.js";
import { pushButton, textField } from "./fields.js";
import { normLink } from "./part_sentences.js";
import { pagesNow } from "./preview.js";
import { onSpeech, pageLanguage, say, told, worded } from "./speech.js";

/** Return the checks and the field in which everything can be edited. */
export function checkPart() {
  return [
    live("p", "note counter", countNodes),
    worded("h3", "required_head"),
    live("div", "required", requiredNodes),
    worded("h3", "norms_head"),
    live("div", "norms-now", normNodes),
    ...editing(),
  ];
}

function live(tag, className, nodes) {
  const place = el(tag, { class: className });
  const show = () => place.replaceChildren(...nodes());
  watch([], show);
  onSpeech(show);
  return place;
}

function countNodes() {
  return [say("letter_counts", { signs: [...textNow()].length, pages: pagesNow() })];
}

/** Whether each part that the law asks for is there: true, false, or "hand" for what no field can hold. */
const PRESENCE = {
  name: (who) => Boolean(who.name),
  iin: (who) => Boolean(who.iin),
  organisation: (who) => Boolean(who.organisation),
  bin: (who) => Boolean(who.bin),
  address: (who) => Boolean(who.address),
  actual_address: (who) => Boolean(who.actual_address),
  body: (_who, values) => Boolean(values.body),
  superior: (_who, values) => Boolean(values.superior),
  contested: (_who, values) => Boolean(values.body && values.step),
  essence: () => countOf("demand") > 0 || Boolean(draft.own.trim()),
  evidence: () => countOf("fact") > 0 || enclosuresNow().length > 0,
  annexes: () => enclosuresNow().length > 0,
  date: () => choiceNow().dated,
  signature: () => "hand",
};

function requiredNodes() {
  const { parts, norm, remark, without } = draft.data.required;
  const choice = choiceNow();
  const values = { ...choice.typed, ...sheetIn().values, ...sheetIn().topics[draft.topic] };
  const rows = parts.filter(isAsked).map((part) => requiredRow(part, PRESENCE[part.key]?.(choice.who, values) ?? "hand"));
  return [
    el("p", {}, say("required_lead"), " ", normLink({ id: norm, name: told(draft.data.norms[norm].names) })),
    el("ul", { class: "required__list" }, ...rows),
    ...(draft.edited === null ? [] : [el("p", { class: "warning" }, say("required_by_fields"))]),
    el("p", { class: "note" }, told(remark), without ? ` ${told(without)}` : ""),
  ];
}

function isAsked({ key, only }) {
  if (key === "iin" && draft.hasNoIin) return false;
  return !only || only === (draft.isOrganisation ? "organisation" : "person");
}

function requiredRow(part, presence) {
  const state = presence === "hand" ? "by_hand" : presence ? "is_there" : "is_missing";
  const word = el("span", { class: `required__state required__state--${state}` }, say(state));
  return el("li", {}, word, " ", el("span", {}, told(part.text)));
}

/** The norms that the letter rests on, with whether they are in force on its day, and whether we read that edition. */
function normNodes() {
  const day = letterDay();
  const rules = rulesOf(sheetIn(pageLanguage()), choiceNow(pageLanguage()));
  const editions = draft.data.editions.filter((edition) => edition.since <= day && (!edition.until || day < edition.until));
  const acts = new Set(rules.map((rule) => draft.data.norms[rule.id]?.act ?? rule.id));
  const notes = editions.filter((edition) => acts.has(edition.act));
  return [
    el("p", {}, say("norms_day", { day: day.split("-").reverse().join(".") })),
    el("ul", {}, ...rules.map((rule) => el("li", {}, normLink(rule), holdsOn([rule], day) ? "" : ` — ${say("not_in_force")}`))),
    ...notes.map((edition) => el("p", { class: "warning" }, told(edition.note), " ", say("edition_warns"))),
  ];
}

function editing() {
  const anew = pushButton("edit_anew", () => change({ edited: null, editedShort: null }), { class: "secondary" });
  const banner = el("div", { class: "edited-banner" }, worded("p", "edited_by_hand", { class: "warning" }), anew);
  const text = textField({
    key: "whole_text",
    rows: 18,
    typed: (typed) => change({ edited: typed }),
    attributes: { class: "govuk-textarea whole-text", lang: draft.lang },
  });
  watch([], () => {
    banner.hidden = draft.edited === null;
    text.field.lang = draft.lang;
    if (draft.edited === null) text.field.value = textNow();
  });
  const summary = worded("summary", "edit_head");
  return [el("details", { class: "editing", id: "editing" }, summary, text.node), banner];
}

/** Return the banner that stands above the choices when they no longer enter the letter. */
export function editedBanner() {
  const anew = pushButton("edit_anew", () => change({ edited: null, editedShort: null }), { class: "quiet" });
  const banner = el("div", { class: "edited-banner" }, worded("p", "edited_by_hand", { class: "warning" }), anew);
  watch(["edited"], () => (banner.hidden = draft.edited === null));
  return banner;
}

/** Whether a blank is left in the letter, besides those for the hand at its end. */
export function hasBlanks() {
  return linesNow().some((line) => line.role !== "sign" && textOf(line).includes(BLANK));
}
