/** What the writer has chosen and typed so far. It lives in the memory of this page alone, until it is wiped. */

import { checkDate, checkOwn } from "./checks.js";
import { cleanLine } from "./clean.js";
import { chosen, compose, plain, short } from "./compose.js";
import { shuffled } from "./dom.js";
import { editedLines } from "./edited.js";
import { pageLanguage } from "./speech.js";

/** How the kinds of sentences stand together, on the page as in the letter. */
export const GROUPS = [
  ["facts", ["fact"]],
  ["grounds", ["ground"]],
  ["stated", ["allegation", "forecast"]],
  ["ask", ["demand"]],
];

/** The letter that is being drafted. */
export const draft = {};

let WATCHERS = [];
let lines = null;

/** Begin a letter from the data of the page. */
export function beginDraft(data) {
  WATCHERS = [];
  const first = Object.keys(data.topics)[0] ?? "";
  Object.assign(draft, {
    data,
    touched: false,
    way: { signIn: "", who: "" },
    lang: pageLanguage(),
    topic: first,
    typed: {},
    order: ordered(data),
    ticked: new Set(data.chosen),
    own: "",
    isOrganisation: false,
    isBlank: false,
    hasNoIin: false,
    livesElsewhere: false,
    fields: {},
    day: dottedDay(data.today),
    answer: "",
    enclosures: "",
    edited: null,
    editedShort: null,
    done: new Set(),
  });
  lines = null;
}

/** Forget the letter. */
export function forgetDraft() {
  const { data } = draft;
  if (data) beginDraft(data);
}

/** Preselected sentences first, the others after them, each in an order by chance: letters should not be copies. */
function ordered(data) {
  const ids = data.sheets[data.lang].items.map((item) => item.id);
  const first = ids.filter((id) => data.chosen.includes(id));
  return [...shuffled(first), ...shuffled(ids.filter((id) => !data.chosen.includes(id)))];
}

/** Do something now, and whenever one of these parts of the draft has changed; without parts, at any change. */
export function watch(parts, action) {
  WATCHERS.push({ parts, action });
  action();
}

/** Change parts of the draft. */
export function change(parts) {
  Object.assign(draft, parts, { touched: true });
  lines = null;
  const names = Object.keys(parts);
  for (const watcher of WATCHERS) {
    if (!watcher.parts.length || watcher.parts.some((part) => names.includes(part))) watcher.action();
  }
}

/** Change one of the fields about the writer. */
export function changeField(name, value) {
  change({ fields: { ...draft.fields, [name]: value } });
}

/** Return a day as people write it. */
export function dottedDay(day) {
  return day.split("-").reverse().join(".");
}

/** Return the day of the letter (YYYY-MM-DD); today's where none, or none that there is, was typed. */
export function letterDay() {
  return checkDate(draft.day, draft.data.today).value || draft.data.today;
}

/** Return the sheet of the letter in its language, or in another one. */
export function sheetIn(lang = draft.lang) {
  return draft.data.sheets[lang];
}

/** Return what the letter is made of, made clean. */
export function choiceNow(lang = draft.lang) {
  return {
    day: letterDay(),
    items: draft.order.filter((id) => draft.ticked.has(id)),
    topic: draft.topic,
    typed: typedNow(lang),
    who: whoNow(),
    own: checkOwn(draft.own).value,
    answer: draft.answer,
    enclosures: enclosuresNow(),
    dated: !draft.isBlank && Boolean(checkDate(draft.day, draft.data.today).value),
  };
}

const MARKS = { kk: "«»", ru: "«»", en: "“”" };

function typedNow(lang) {
  const found = Object.entries(draft.typed).map(([name, text]) => [name, cleanLine(text)]);
  return Object.fromEntries(found.map(([name, text]) => [name, name === "petition" ? quotedTitle(text, lang) : text]));
}

/** A title stands in quotation marks; whoever typed them has typed them. */
function quotedTitle(text, lang) {
  return !text || /^[«“"„]/.test(text) ? text : `${MARKS[lang][0]}${text}${MARKS[lang][1]}`;
}

/** Return the papers enclosed, one a line. */
export function enclosuresNow() {
  return draft.enclosures.split("\n").map(cleanLine).filter(Boolean);
}

/** Return a field about the writer, made clean. */
export function fieldNow(name) {
  return cleanLine(draft.fields[name] ?? "");
}

/** Return who writes: an empty text leaves a blank, and what is left out leaves no line. */
export function whoNow() {
  const always = draft.isOrganisation
    ? { organisation: "organisation", name: "name", bin: "bin" }
    : { name: "name", ...(draft.hasNoIin ? {} : { iin: "iin" }) };
  const ifTyped = draft.isOrganisation ? ["post", "phone", "email"] : ["patronymic", "phone", "email"];
  const value = (name) => (draft.isBlank ? "" : fieldNow(name));
  const who = Object.fromEntries(Object.keys(always).map((name) => [name, value(name)]));
  for (const name of ifTyped) if (value(name) || (draft.isBlank && name !== "patronymic")) who[name] = value(name);
  if (draft.isBlank && draft.isOrganisation) delete who.post;
  return { ...who, address: addressNow(), actual_address: actualAddressNow() };
}

function addressNow() {
  if (draft.isBlank) return "";
  const region = draft.data.regions.find((each) => each.code === draft.fields.region);
  const first = draft.fields.region === "abroad" ? fieldNow("country") : region?.names[draft.lang];
  return [fieldNow("postcode"), first, fieldNow("locality"), fieldNow("street")].filter(Boolean).join(", ");
}

function actualAddressNow() {
  if (draft.isBlank) return "";
  return draft.livesElsewhere ? fieldNow("actual_address") : addressNow();
}

/** Return the lines of the letter as chosen and typed, before anything was edited by hand. */
export function linesOfChoices() {
  return compose(sheetIn(), choiceNow());
}

/** Return the lines of the letter as it will be taken. */
export function linesNow() {
  lines ??= draft.edited === null ? linesOfChoices() : editedLines(draft.edited, linesOfChoices(), draft.lang);
  return lines;
}

/** Return the letter as plain text. */
export function textNow() {
  return plain(linesNow());
}

/** Return the short text for a form. */
export function shortNow() {
  return draft.editedShort ?? short(sheetIn(), choiceNow());
}

/** Return how many sentences of some kinds stand in the letter. */
export function countOf(...kinds) {
  return chosen(sheetIn(), choiceNow(), ...kinds).length;
}

