/**
 * The working days of Kazakhstan, by the calendar that the page carries: `{years, off, on}`, the years that it knows,
 * the weekdays off and the weekend days that are worked.
 *
 * Days are texts, YYYY-MM-DD, and are counted in UTC: the reader's time zone has no say. Nothing here knows today.
 * Where a count enters a year without a calendar it takes the plain week, and its answer says so: `about` is true.
 */

const MILLISECONDS = 86_400_000;

/** A year without a calendar may hold this many more days off than the plain week. */
const ABOUT = 3;

/** Return a day as a number, counted from 1 January 1970, or NaN where there is no such day. */
export function numberOf(day) {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const number = Date.parse(`${year}-${month}-${date}T00:00:00Z`) / MILLISECONDS;
  return dayOf(number) === day ? number : NaN;
}

/** Return the day of a number, or an empty text where there is none. */
export function dayOf(number) {
  return Number.isFinite(number) ? new Date(number * MILLISECONDS).toISOString().slice(0, 10) : "";
}

/** Return the calendar that the other functions ask, made from the plain data of the page. */
export function calendarOf({ years, off, on }) {
  return { years: new Set(years), off: new Set(off.map(numberOf)), on: new Set(on.map(numberOf)) };
}

/** Whether a day is worked; in a year without a calendar, Monday to Friday are. */
export function isWorking(calendar, day) {
  return works(calendar, requireDay(day));
}

/**
 * Return the n-th working day after a day, which is not counted; with n = 0 the day itself, or the next working day.
 * @returns {{day: string, about: boolean}}
 */
export function addWorkingDays(calendar, day, n) {
  if (n < 0) throw new RangeError("a count is never negative");
  let number = requireDay(day);
  let about = !isKnown(calendar, number);
  let left = n;
  while (left > 0 || !works(calendar, number)) {
    number += 1;
    about ||= !isKnown(calendar, number);
    if (works(calendar, number)) left -= 1;
  }
  return { day: dayOf(number), about };
}

/** Return the day on which what was sent on a day counts as received: that day, or the next working day. */
export function registeredOn(calendar, filed) {
  return addWorkingDays(calendar, filed, 0);
}

/** Return the day so many days later. */
export function addCalendarDays(day, n) {
  return dayOf(requireDay(day) + n);
}

/** Return the same day number so many months later, or the last day of a shorter month. */
export function addMonths(day, n) {
  requireDay(day);
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + n, 0));
  return dayOf(last.setUTCDate(Math.min(date, last.getUTCDate())) / MILLISECONDS);
}

/**
 * Return, for each term of an answer, from when it may come and by when it should have come.
 *
 * `from` counts the day of registration as the first day, `by` the day after it; a last day off moves `by` to the next
 * working day. Where a year without a calendar was entered the code is "about", and `by` is three days later.
 * @param {{length: number, unit: "WD" | "D" | "M"}[]} terms
 * @returns {{term: object, from: string, by: string, code: string | null}[]}
 */
export function dueDates(calendar, terms, registered) {
  return terms.map((term) => {
    const [from, by] = READINGS[term.unit](calendar, registered, term.length);
    if (!by.about) return { term, from, by: by.day, code: null };
    const widened = addWorkingDays(calendar, addCalendarDays(by.day, ABOUT), 0);
    return { term, from, by: widened.day, code: "about" };
  });
}

/** The earlier and the later reading of a term, by its unit. */
const READINGS = {
  WD: (calendar, day, n) => [addWorkingDays(calendar, day, dayLess(n)).day, addWorkingDays(calendar, day, n)],
  D: (calendar, day, n) => [addCalendarDays(day, dayLess(n)), endOn(calendar, addCalendarDays(day, n))],
  M: (calendar, day, n) => [addMonths(day, n), endOn(calendar, addMonths(day, n))],
};

function dayLess(n) {
  return Math.max(n - 1, 0);
}

/** A term that ends on a day off ends on the next working day. */
function endOn(calendar, day) {
  return addWorkingDays(calendar, day, 0);
}

function works(calendar, number) {
  const isWeekday = (((number + 3) % 7) + 7) % 7 < 5; // Day 0 was a Thursday.
  return isWeekday ? !calendar.off.has(number) : calendar.on.has(number);
}

function isKnown(calendar, number) {
  return calendar.years.has(new Date(number * MILLISECONDS).getUTCFullYear());
}

function requireDay(day) {
  const number = numberOf(day);
  if (Number.isNaN(number)) throw new RangeError("no such day");
  return number;
}
