/**
 * Soft checks of what is typed: they warn and never block.
 *
 * Each returns `{value, code}`: the value in its normal form, or as typed where it was not understood, and the code of
 * what to warn of, or null. An empty field is fine here; what the law asks for is listed elsewhere.
 */

import { clean, cleanLine } from "./clean.js";
import { dayOf, numberOf } from "./days.js";

const MOST_OF_NAME = 120;
const MOST_OF_EMAIL = 254;
const MOST_OF_OWN = 1200;
const DAYS_UNTIL_OLD = 7;

const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

const KAZAKHSTAN = /^\+7[67]\d{9}$/;
const MOBILE = /^\+77(?:0[0-25-8]|47|6[0-4]|7[15-8]|85)/;
const FIXED = /^\+77[12]/;
const ABROAD = /^\+[1-9]\d{6,14}$/;

const LATIN_OF = new Map([..."АВЕКМНОРСТУХ"].map((letter, index) => [letter, "ABEKMHOPCTYX"[index]]));
const POSTCODE = /^(?:\d{6}|[A-Z]\d{2}[A-Z0-9]{4})$/;

/** Twelve digits in a row, with at most a space or hyphen between two of them. */
const LIKE_IIN = /(?:^|\D)\d(?:[ \u00A0-]?\d){11}(?!\d)/u;

/**
 * Check an individual's number: twelve digits and their checksum. No birth date or sex is read out of it.
 * @returns {{value: string, code: null | "iin_digits" | "iin_length" | "iin_repeated" | "iin_checksum"}}
 */
export function checkIin(typed) {
  return checkNumber(typed, "iin");
}

/**
 * Check an organisation's number, by the same rule.
 * @returns {{value: string, code: null | "bin_digits" | "bin_length" | "bin_repeated" | "bin_checksum"}}
 */
export function checkBin(typed) {
  return checkNumber(typed, "bin");
}

function checkNumber(typed, which) {
  const value = cleanLine(typed).replace(/[\s-]/gu, "");
  const fault = value && faultOf(value);
  return { value, code: fault ? `${which}_${fault}` : null };
}

function faultOf(digits) {
  if (!/^\d+$/.test(digits)) return "digits";
  if (digits.length !== 12) return "length";
  if (/^(\d)\1+$/.test(digits)) return "repeated";
  return Number(digits[11]) === checksumOf(digits) ? null : "checksum";
}

/** Return the twelfth digit that the first eleven ask for, or 10 where no such number is issued. */
function checksumOf(digits) {
  const sum = (weights) => weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0) % 11;
  const first = sum(FIRST_WEIGHTS);
  return first === 10 ? sum(SECOND_WEIGHTS) : first;
}

/**
 * Check a telephone number and show one of Kazakhstan as +7 701 234 56 78.
 *
 * "phone_foreign" is no fault: the number is kept as it is, and an SMS may not arrive.
 * @returns {{value: string, code: null | "phone_foreign" | "phone_form",
 *   kind: null | "mobile" | "fixed" | "other" | "foreign"}}
 */
export function checkPhone(typed) {
  const value = cleanLine(typed);
  if (!value) return { value, code: null, kind: null };
  const number = internationalOf(value);
  if (KAZAKHSTAN.test(number)) return { value: shownNumber(number), code: null, kind: kindOfNumber(number) };
  if (/^\+7\d{10}$/.test(number)) return { value: shownNumber(number), code: "phone_foreign", kind: "foreign" };
  if (ABROAD.test(number) && !number.startsWith("+7")) return { value: number, code: "phone_foreign", kind: "foreign" };
  return { value, code: "phone_form", kind: null };
}

function internationalOf(value) {
  const digits = value.replace(/\D/g, "");
  if (/^\D*\+/.test(value)) return `+${digits}`;
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
  return /^[67]\d{9}$/.test(digits) ? `+7${digits}` : digits;
}

function shownNumber(number) {
  return number.replace(/^\+7(\d{3})(\d{3})(\d\d)(\d\d)$/, "+7 $1 $2 $3 $4");
}

function kindOfNumber(number) {
  if (MOBILE.test(number)) return "mobile";
  return FIXED.test(number) ? "fixed" : "other";
}

/**
 * Check a postcode, old (six digits) or new (seven signs); Cyrillic letters that look like Latin ones become Latin.
 * @returns {{value: string, code: null | "postcode_form"}}
 */
export function checkPostcode(typed) {
  const line = cleanLine(typed);
  const signs = [...line.toUpperCase().replace(/[\s-]/gu, "")].map((sign) => LATIN_OF.get(sign) ?? sign).join("");
  if (!line || POSTCODE.test(signs)) return { value: signs, code: null };
  return { value: line, code: "postcode_form" };
}

/**
 * Check an e-mail address: one @ with something before and after it, no spaces, not too long.
 * @returns {{value: string, code: null | "email_spaces" | "email_at" | "email_long"}}
 */
export function checkEmail(typed) {
  const value = cleanLine(typed);
  if (!value) return { value, code: null };
  if (/\s/u.test(value)) return { value, code: "email_spaces" };
  if (!/^[^@]+@[^@]+$/.test(value)) return { value, code: "email_at" };
  return { value, code: value.length > MOST_OF_EMAIL ? "email_long" : null };
}

/**
 * Check a name: letters, marks, spaces, hyphens, apostrophes and dots, at least one letter; one word is enough.
 *
 * "name_mixed" comes with the word in which Latin letters stand among Cyrillic ones.
 * @returns {{value: string, code: null | "name_letters" | "name_signs" | "name_long" | "name_mixed", word?: string}}
 */
export function checkName(typed) {
  const value = cleanLine(typed).replace(/\s+/gu, " ");
  if (!value) return { value, code: null };
  if (!/\p{L}/u.test(value)) return { value, code: "name_letters" };
  if (!/^[\p{L}\p{M} \-'’.]+$/u.test(value)) return { value, code: "name_signs" };
  if ([...value].length > MOST_OF_NAME) return { value, code: "name_long" };
  const word = value.split(/[ \-.]/).find((each) => /\p{sc=Cyrl}/u.test(each) && /\p{sc=Latn}/u.test(each));
  return word === undefined ? { value, code: null } : { value, code: "name_mixed", word };
}

/**
 * Check a day typed as DD.MM.YYYY against today (YYYY-MM-DD). The value is YYYY-MM-DD, or empty where there is no such
 * day.
 * @returns {{value: string, code: null | "date_form" | "date_unreal" | "date_future" | "date_old"}}
 */
export function checkDate(typed, today) {
  const line = cleanLine(typed);
  if (!line) return { value: "", code: null };
  const [, date, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(line) ?? [];
  if (!year) return { value: "", code: "date_form" };
  const number = numberOf(`${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`);
  if (Number.isNaN(number)) return { value: "", code: "date_unreal" };
  const age = numberOf(today) - number;
  if (age < 0) return { value: dayOf(number), code: "date_future" };
  return { value: dayOf(number), code: age > DAYS_UNTIL_OLD ? "date_old" : null };
}

/**
 * Check a paragraph of one's own: its length, and whether it holds digits like somebody's IIN. Nothing else is judged.
 * @returns {{value: string, code: null | "own_long" | "own_iin", length: number}}
 */
export function checkOwn(typed) {
  const value = clean(typed);
  const { length } = [...value];
  if (length > MOST_OF_OWN) return { value, code: "own_long", length };
  return { value, code: LIKE_IIN.test(value) ? "own_iin" : null, length };
}
