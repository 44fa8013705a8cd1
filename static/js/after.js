/**
 * The page about sent letters: a day is typed and a kind is chosen here, and the days that follow are said at once.
 *
 * The fields are made by this script and have no name; nothing is sent, kept, or put into the address.
 */

import { answerDays, provisionalYears, remindersFor } from "./answers.js";
import { checkDate } from "./checks.js";
import { calendarOf, numberOf } from "./days.js";
import { el } from "./dom.js";
import { onReturn, onWipe } from "./leave.js";
import { remindersOf } from "./reminders.js";

const TYPE = "text/calendar";

/** Build the form into a place of the page. */
export function askForDays(data, place) {
  const { words } = data;
  const asked = fieldsOf(data);
  const result = el("div", { class: "after__days", role: "status" });
  const reminders = el("div", { class: "after__reminders" });
  const show = () => {
    const found = foundDays(data, asked);
    result.replaceChildren(...resultNodes(data, found));
    reminders.replaceChildren(...(found?.days ? reminderNodes(data, found.days) : []));
  };
  for (const field of [asked.day, asked.late, asked.kind]) field.addEventListener("input", show);
  place.replaceChildren(
    el(
      "section",
      { class: "after", "aria-labelledby": "own" },
      el("h2", { id: "own" }, words.title),
      el("p", {}, words.private),
      ...asked.groups,
      result,
      reminders,
    ),
  );
}

function fieldsOf({ words, kinds }) {
  const quiet = { autocomplete: "off", spellcheck: "false", translate: "no" };
  const day = el("input", {
    ...quiet,
    id: "sent",
    class: "govuk-input govuk-input--width-10",
    inputmode: "numeric",
    "aria-describedby": "sent-hint",
  });
  const late = el("input", { ...quiet, id: "late", class: "govuk-checkboxes__input", type: "checkbox" });
  const options = kinds.map(({ code, title }) => el("option", { value: code }, title));
  const kind = el("select", { ...quiet, id: "kind", class: "govuk-select" }, ...options);
  const hint = el("div", { id: "sent-hint", class: "govuk-hint" }, words.day_hint);
  return {
    day,
    late,
    kind,
    groups: [
      formGroup(label("kind", words.kind), kind),
      formGroup(label("sent", words.day), hint, day),
      formGroup(checkbox(late, words.late)),
    ],
  };
}

function formGroup(...children) {
  return el("div", { class: "govuk-form-group" }, ...children);
}

function label(id, words) {
  return el("label", { class: "govuk-label", for: id }, words);
}

function checkbox(field, words) {
  const named = el("label", { class: "govuk-label govuk-checkboxes__label", for: field.id }, words);
  return el("div", { class: "govuk-checkboxes" }, el("div", { class: "govuk-checkboxes__item" }, field, named));
}

/** Return what was typed: a fault of the day, or the days that follow from it; nothing while nothing is typed. */
function foundDays(data, { day, late, kind }) {
  const typed = day.value.trim();
  if (!typed) return null;
  const { value, code } = checkDate(typed, data.today);
  if (!value) return { fault: code };
  const chosen = data.kinds.find((each) => each.code === kind.value);
  const days = answerDays(calendarOf(data.calendar), chosen, value, late.checked);
  return { fault: code === "date_future" ? code : null, days };
}

function resultNodes(data, found) {
  if (!found) return [];
  const { words } = data;
  const fault = found.fault ? [el("p", { class: "govuk-error-message" }, words[found.fault])] : [];
  if (!found.days) return fault;
  const years = provisionalYears(data.calendar, everyDay(found.days));
  const marks = years.map((year) => el("p", { class: "provisional" }, filled(words.provisional, { year })));
  return [...fault, el("ul", {}, ...sentencesOf(data, found.days).map(sentenceNode)), ...marks];
}

function sentenceNode({ text, isAnswer }) {
  return el("li", { class: isAnswer ? "after__answer" : null }, text);
}

function everyDay({ registered, answers, told, extended, complaint }) {
  return [registered, told, complaint, extended?.by, ...answers.map(({ by }) => by)];
}

/** Return the days of a letter in words, a sentence each. */
export function sentencesOf({ words, dates }, { registered, answers, told, extended, complaint }) {
  const day = (iso) => inWords(dates, iso);
  const said = answers.map(({ term, from, by, code }) =>
    filled(code ? words.answer_about : words.answer, { term: term.words, first: day(from), last: day(by) }),
  );
  const others = [
    said.length > 1 && words.disputed,
    filled(words.told, { day: day(told) }),
    extended && filled(words.extended, { first: day(extended.from), last: day(extended.by) }),
    complaint && filled(words.complaint, { day: day(complaint) }),
  ];
  return [
    { text: filled(words.registered, { day: day(registered) }) },
    ...(said.length ? said : [words.no_term]).map((text) => ({ text, isAnswer: true })),
    ...others.filter(Boolean).map((text) => ({ text })),
  ];
}

/** Return a day in words, as `portal/i18n/formats.py` writes it in full. */
export function inWords({ pattern, months, weekdays }, iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const weekday = weekdays[(((numberOf(iso) + 4) % 7) + 7) % 7];
  return filled(pattern, { year, month: months[month - 1], day, weekday });
}

function filled(text, facts) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => (Object.hasOwn(facts, name) ? String(facts[name]) : place));
}

function reminderNodes(data, days) {
  const { words } = data;
  const full = el("input", { id: "full", class: "govuk-checkboxes__input", type: "checkbox", autocomplete: "off" });
  const told = el("p", { class: "note", role: "status" });
  const save = el("button", { type: "button", click: () => saveReminders(data, days, full.checked, told) }, words.save);
  return [
    el("h3", {}, words.reminders),
    el("p", {}, words.discreet),
    checkbox(full, words.full),
    el("p", {}, save),
    told,
    el("p", { class: "note" }, words.reminders_about),
  ];
}

function saveReminders({ words, today, file }, days, isFull, told) {
  const reminders = remindersFor(days).map(({ day, word }) => ({ day, discreet: words.event, full: words[word] }));
  const address = URL.createObjectURL(new Blob([remindersOf({ reminders, isFull, today })], { type: TYPE }));
  el("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address));
  told.textContent = words.saved;
}

/** Begin: the page has its data, and a place for the form. */
function beginAfter() {
  const place = document.getElementById("after");
  const kept = document.getElementById("after-data");
  if (!place || !kept) return;
  const begin = () => askForDays(JSON.parse(kept.textContent), place);
  begin();
  onWipe(() => place.replaceChildren());
  onReturn(begin);
}

beginAfter();
