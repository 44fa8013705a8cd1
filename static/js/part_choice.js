/** Part 2: the language of the letter, what it is about, and what the record does not hold. */

import { el, keepingFocus, runNodes } from "./dom.js";
import { change, draft, sheetIn, watch } from "./drafting.js";
import { radioGroup, textField } from "./fields.js";
import { isWorded, onSpeech, pageLanguage, toldIn, worded } from "./speech.js";

const LANGUAGES_OF_LETTERS = ["kk", "ru", "en"];
const OTHER_TOPIC = "other";
const FLAGGED = /\[[a-z_]+>[^[\]]*\]/g;
const PLACE = /\{([a-z_]+)\}/g;

/** Return the fields of what the letter is about. */
export function choicePart() {
  return [languageField(), aboutPetition(), topicField(), missingFields()].filter(Boolean);
}

function languageField() {
  const options = LANGUAGES_OF_LETTERS.map((lang) => ({
    value: lang,
    label: el("span", { lang }, draft.data.languages[lang]),
  }));
  const note = worded("p", "letter_english", { class: "warning" });
  watch(["lang"], () => (note.hidden = draft.lang !== "en"));
  const picked = (lang) => change({ lang });
  return el("div", {}, radioGroup({ key: "letter_language", options, value: draft.lang, picked, isInline: true }), note);
}

/** The petition that the visitor came from, by its title as it is. */
function aboutPetition() {
  const place = el("p", { class: "about-petition" });
  onSpeech(() => {
    const { petition } = sheetIn(pageLanguage()).values;
    const run = typeof petition === "string" ? { lang: pageLanguage(), text: petition } : petition;
    place.replaceChildren(worded("span", "about_petition"), " ", ...(run ? runNodes([run], pageLanguage()) : []));
    place.hidden = !run;
  });
  return place;
}

function topicField() {
  const topics = Object.entries(draft.data.topics);
  if (!topics.length) return null;
  const options = topics.map(([value, words]) => ({ value, label: toldIn("span", words) }));
  options.push({ value: OTHER_TOPIC, label: worded("span", "topic_other") });
  return radioGroup({ key: "topic", options, value: draft.topic, picked: (topic) => change({ topic }) });
}

/** Fields for what the letter names and neither the record nor the topic says. */
function missingFields() {
  const place = el("div", { class: "missing-fields" });
  let shown = "";
  watch(["topic", "ticked", "lang"], () => {
    const names = missingNames();
    if (names.join() === shown) return;
    shown = names.join();
    keepingFocus(() => place.replaceChildren(...names.map(typedField)));
  });
  return place;
}

function typedField(name) {
  const typed = (text) => change({ typed: { ...draft.typed, [name]: text } });
  return textField({ key: `typed_${name}`, value: draft.typed[name] ?? "", typed }).node;
}

/** Return the names of the places for which there is no value. */
export function missingNames() {
  const sheet = sheetIn();
  const asked = sheet.items.filter((item) => draft.ticked.has(item.id)).map((item) => item.text);
  const needed = ["{petition}{body}", ...sheet.opening, sheet.short, ...asked].flatMap((text) =>
    [...text.replace(FLAGGED, "").matchAll(PLACE)].map(([, name]) => name),
  );
  const there = { ...sheet.values, ...sheet.topics[draft.topic], ask: true };
  return [...new Set(needed)].filter((name) => !there[name] && isWorded(`typed_${name}`));
}
