/**
 * Reminders as a file for calendars (iCalendar, RFC 5545): whole days with an alarm at nine in the morning.
 *
 * The file says nothing of who made it and where, and by default nothing of a letter: each reminder has a discreet
 * wording and a full one, both given by the page.
 */

import { cleanLine } from "./clean.js";
import { addCalendarDays } from "./days.js";

const MOST_OCTETS = 75;

/**
 * Return the text of an .ics file.
 *
 * `today` and each `day` are YYYY-MM-DD. Without `isFull` the discreet words stand in the file. `newId` gives what no
 * other reminder is called.
 * @param {{reminders: {day: string, discreet: string, full: string}[], isFull?: boolean, today: string,
 *   newId?: () => string}} order
 * @returns {string}
 */
export function remindersOf({ reminders, isFull = false, today, newId = randomId }) {
  const events = reminders.flatMap((each) => eventLines(each.day, isFull ? each.full : each.discreet, today, newId()));
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Calendar//Reminders//EN",
    "CALSCALE:GREGORIAN",
    ...events,
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldedLine(line)}\r\n`).join("");
}

function eventLines(day, words, today, id) {
  const shown = escapedWords(words);
  return [
    "BEGIN:VEVENT",
    `UID:${id}`,
    `DTSTAMP:${bareDay(today)}T000000Z`,
    `DTSTART;VALUE=DATE:${bareDay(day)}`,
    `DTEND;VALUE=DATE:${bareDay(addCalendarDays(day, 1))}`,
    `SUMMARY:${shown}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${shown}`,
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
  ];
}

function bareDay(day) {
  return day.replaceAll("-", "");
}

function escapedWords(words) {
  return cleanLine(words).replace(/[\\;,]/g, (sign) => `\\${sign}`);
}

/** Return a line in pieces of at most 75 octets, none of which ends within a character. */
function foldedLine(line) {
  const encoder = new TextEncoder();
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** A random identifier; a page that is not served over TLS has no `randomUUID`. */
function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
