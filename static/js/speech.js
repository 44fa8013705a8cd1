/** The language of the page: its words can be changed for those of another language while a letter is being typed. */

import { el } from "./dom.js";

const HEARERS = new Set();
const TOLD = new WeakMap();

let catalogue = {};
let spokenLanguage = "ru";

/** Take the words of all languages, and the one that the page speaks. */
export function takeWords(words, lang) {
  catalogue = words;
  spokenLanguage = lang;
  HEARERS.clear();
}

/** Return the language that the page speaks. */
export function pageLanguage() {
  return spokenLanguage;
}

/** Return words of ours, with facts in the places named `%(name)s`. */
export function say(key, facts = {}) {
  const text = catalogue[spokenLanguage]?.[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (place, name) => (Object.hasOwn(facts, name) ? String(facts[name]) : place));
}

/** Whether there are words under a key. */
export function isWorded(key) {
  return Object.hasOwn(catalogue[spokenLanguage] ?? {}, key);
}

/** Return a text of our data in the language of the page. */
export function told(text) {
  return text?.[spokenLanguage] ?? "";
}

/** Return an element with words of ours, which follow the language of the page. */
export function worded(tag, key, attributes = {}) {
  return el(tag, { "data-word": key, ...attributes }, say(key));
}

/** Return an element with a text of our data, which follows the language of the page. */
export function toldIn(tag, text, attributes = {}) {
  const node = el(tag, { "data-told": true, ...attributes }, told(text));
  TOLD.set(node, text);
  return node;
}

/** Do something now and whenever the page has changed its language. */
export function onSpeech(action) {
  HEARERS.add(action);
  action();
}

/** Change the language of everything that the script made. */
export function speakNow(lang) {
  spokenLanguage = lang;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  for (const node of document.querySelectorAll("[data-told]")) node.textContent = told(TOLD.get(node));
  for (const action of HEARERS) action();
}
