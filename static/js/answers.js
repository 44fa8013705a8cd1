/**
 * The days of a letter that was sent on a day: when it counts as registered, when an answer may come and should have
 * come, and what else has a term. `portal/services/answer_days.py` counts alike.
 */

import { addCalendarDays, addMonths, addWorkingDays, dueDates, registeredOn } from "./days.js";

const FORWARDING = 3;
const EXTENSION = { length: 2, unit: "M" };
const COMPLAINING = { length: 3, unit: "M" };

/**
 * Return the days of a letter. `isLate` says that it was sent after hours: then it came in on the next day.
 *
 * `extended` has both readings of the two months, from the registration and from the end of the term, and is null for
 * a letter whose term is not extended; without a term nothing follows from it.
 */
export function answerDays(calendar, { terms, extendable }, sent, isLate = false) {
  const registered = registeredOn(calendar, isLate ? addCalendarDays(sent, 1) : sent).day;
  const answers = dueDates(calendar, terms, registered);
  const last = answers.map(({ by }) => by).sort().at(-1) ?? null;
  return {
    registered,
    answers,
    told: addWorkingDays(calendar, registered, FORWARDING).day,
    extended: last && extendable ? extensionOf(calendar, registered, last) : null,
    complaint: last && endOf(calendar, COMPLAINING, last),
    next: last && addWorkingDays(calendar, last, 1).day,
  };
}

function extensionOf(calendar, registered, last) {
  return { from: addMonths(registered, EXTENSION.length), by: endOf(calendar, EXTENSION, last) };
}

function endOf(calendar, term, day) {
  return dueDates(calendar, [term], day)[0].by;
}

/** Return the days of a letter that a reminder is worth, in order, each with the word for it. */
export function remindersFor({ answers, told, next, extended, complaint }) {
  const found = [
    { day: told, word: "event_told" },
    ...answers.map(({ by }) => ({ day: by, word: "event_answer" })),
    { day: next, word: "event_next" },
    { day: extended?.by, word: "event_extended" },
    { day: complaint, word: "event_complaint" },
  ];
  return found.filter(({ day }) => day).sort((one, other) => one.day.localeCompare(other.day));
}

/** Return the years of a provisional calendar in which any of these days lies. */
export function provisionalYears({ provisional }, days) {
  return provisional.filter((year) => days.some((day) => day?.startsWith(`${year}-`)));
}
