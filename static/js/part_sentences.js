/** Part 2, continued: the sentences, each with its norm, its source and what is said against it. */

import { fill, holdsOn, valuesOf } from "./compose.js";
import { el, keepingFocus, runNodes } from "./dom.js";
import { change, choiceNow, draft, GROUPS, letterDay, sheetIn, watch } from "./drafting.js";
import { isWorded, onSpeech, pageLanguage, say, told, worded } from "./speech.js";

/** Return the groups of sentences. */
export function sentencesPart() {
  const groups = GROUPS.map(([key, kinds]) => group(key, kinds)).filter(Boolean);
  return [worded("h3", "sentences_head"), worded("p", "sentences_lead", { class: "note" }), ...groups];
}

function group(key, kinds) {
  if (!draft.data.sheets[draft.data.lang].items.some((item) => kinds.includes(item.kind))) return null;
  const place = el("div", { class: "sentences" });
  const show = () => keepingFocus(() => fillGroup(place, key, kinds));
  watch(["order", "ticked", "day", "topic", "typed"], show);
  onSpeech(show);
  return place;
}

function fillGroup(place, key, kinds) {
  const isOpen = place.querySelector("details.sentences__more")?.open ?? false;
  const items = itemsInOrder(kinds);
  const held = items.filter((item) => holdsOn(item.rules, letterDay()));
  const picked = held.filter((item) => draft.ticked.has(item.id));
  const others = held.filter((item) => !draft.ticked.has(item.id));
  const id = `sentences-${key}`;
  place.replaceChildren(
    el("h4", { id }, say(`group_${key}`)),
    ...[isWorded(`group_${key}_hint`) && el("p", { class: "note" }, say(`group_${key}_hint`))].filter(Boolean),
    listOf(picked, id, true),
    ...moreOf(others, id, isOpen, picked.length > 0),
    ...ended(items.filter((item) => !held.includes(item))),
  );
}


/** Return the sentences of some kinds in the writer's order, worded in the language of the page. */
function itemsInOrder(kinds) {
  const byId = new Map(sheetIn(pageLanguage()).items.map((item) => [item.id, item]));
  return draft.order.map((id) => byId.get(id)).filter((item) => item && kinds.includes(item.kind));
}

function listOf(items, labelledBy, arePicked) {
  const rows = items.map((item, index) => sentence(item, arePicked && [items[index - 1], items[index + 1]]));
  return el("ul", { class: "sentences__list govuk-checkboxes--small", "aria-labelledby": labelledBy }, ...rows);
}

function moreOf(items, labelledBy, isOpen, hasPicked) {
  if (!items.length) return [];
  const summary = el("summary", {}, say(hasPicked ? "more_sentences" : "choose_sentences", { n: items.length }));
  return [el("details", { class: "sentences__more", open: isOpen }, summary, listOf(items, labelledBy, false))];
}

function sentence(item, neighbours) {
  const id = `sentence-${item.id}`;
  const box = el("input", { class: "govuk-checkboxes__input", type: "checkbox", id });
  box.checked = draft.ticked.has(item.id);
  box.addEventListener("change", () => tick(item.id, box.checked));
  const sheet = sheetIn(pageLanguage());
  const runs = fill(item.text, valuesOf(sheet, choiceNow(pageLanguage())), pageLanguage());
  const label = el("label", { class: "govuk-label govuk-checkboxes__label", for: id }, ...runNodes(runs, pageLanguage()));
  return el(
    "li",
    { class: "sentence" },
    el("div", { class: "govuk-checkboxes__item" }, box, label),
    el("div", { class: "sentence__about" }, ...aboutSentence(item, neighbours && moves(item, neighbours))),
  );
}

function tick(id, isTicked) {
  const ticked = new Set(draft.ticked);
  if (isTicked) ticked.add(id);
  else ticked.delete(id);
  change({ ticked });
}

function aboutSentence(item, moving) {
  const speaker = draft.data.speakers[item.id];
  const about = [
    speaker && el("span", {}, say("speaker", { who: told(speaker) })),
    ...item.rules.map((rule) => normLink(rule)),
    item.source && el("span", {}, say("source_of", { source: item.source })),
  ].filter(Boolean);
  const facts = about.flatMap((node, index) => (index ? [" · ", node] : [node]));
  const counters = draft.data.counters[item.id] ?? [];
  return [
    facts.length ? el("p", { class: "note" }, ...facts) : null,
    moving,
    ...counters.map((counter) =>
      el(
        "p",
        { class: "sentence__counter" },
        el("strong", {}, say("opposite")),
        " ",
        told(counter.text),
        told(counter.source) ? el("span", { class: "note" }, ` (${told(counter.source)})`) : null,
      ),
    ),
  ];
}

/** A norm by its name, which leads to its page beside this one. */
export function normLink(rule) {
  const href = draft.data.norms[rule.id]?.path;
  if (!href) return el("span", {}, rule.name);
  return el("a", { href: `/${pageLanguage()}${href}`, target: "_blank", rel: "noopener noreferrer" }, rule.name);
}

function moves(item, [before, after]) {
  const button = (key, other) =>
    el(
      "button",
      {
        type: "button",
        class: "quiet",
        id: `${key}-${item.id}`,
        disabled: !other,
        "aria-describedby": `sentence-${item.id}`,
        click: () => {
          exchange(item.id, other.id);
          focusMove(item.id, key);
        },
      },
      say(key),
    );
  if (!before && !after) return null;
  return el("p", { class: "sentence__moves" }, button("move_up", before), button("move_down", after));
}

/** The focus stays on the button; where the sentence can go no further, on the other one. */
function focusMove(id, key) {
  const keys = [key, key === "move_up" ? "move_down" : "move_up"];
  const buttons = keys.map((each) => document.getElementById(`${each}-${id}`));
  buttons.find((button) => button && !button.disabled)?.focus();
}

function exchange(id, other) {
  const order = [...draft.order];
  const [from, to] = [order.indexOf(id), order.indexOf(other)];
  [order[from], order[to]] = [other, id];
  change({ order });
}

/** What is not offered on the letter's day, with the norm that is out of force and until when it was in force. */
function ended(items) {
  if (!items.length) return [];
  const rows = items.map((item) => {
    const reasons = item.rules.filter((rule) => !holdsOn([rule], letterDay()));
    const shown = reasons.flatMap((rule, index) => [index ? "; " : "", normLink(rule), `, ${whenOf(rule)}`]);
    const label = fill(item.text, sheetIn(pageLanguage()).values, pageLanguage());
    return el("li", {}, ...runNodes(label, pageLanguage()), " ", el("strong", { class: "why-not" }, ...shown));
  });
  return [
    el(
      "div",
      { class: "not-offered" },
      el("p", {}, say("not_offered", { day: draft.day.trim() || letterDay() })),
      el("ul", {}, ...rows),
    ),
  ];
}

function whenOf(rule) {
  const day = letterDay();
  const of = (iso) => told(draft.data.days[iso]);
  return rule.until && day > rule.until ? say("until_day", { day: of(rule.until) }) : say("from_day", { day: of(rule.since) });
}
