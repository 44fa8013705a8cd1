/**
 * A letter to the State: from what the law and the record say, and what the writer chose and typed, to its lines.
 *
 * The same as `portal/domain/letters.py`; `tests/vectors/letters.json` holds the two to equal bytes. A sheet is all
 * that a letter of one kind in one language can be made of; a choice is what the writer chose, already made clean.
 */

/** What is left to complete by hand. */
export const BLANK = "____________";

const TEMPLATE = /\[([a-z_]+)>([^[\]]*)\]|\{([a-z_]+)\}/g;
const WHO = ["iin", "bin", "address"];
const REACHED = ["phone", "email"];
const KINDS = ["fact", "ground", "allegation", "forecast", "demand"];

/** Return own properties only: what is typed must not reach what every object inherits. */
const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/** Return a template with its placeholders filled, as runs. What fills them is never read as a template. */
export function fill(template, values, lang) {
  return joined(parts(template, values, lang));
}

function parts(template, values, lang) {
  const found = [];
  let at = 0;
  for (const match of template.matchAll(TEMPLATE)) {
    found.push({ lang, text: template.slice(at, match.index) });
    at = match.index + match[0].length;
    const [, flag, inner, name] = match;
    if (flag === undefined) {
      const value = own(values, name) || BLANK;
      found.push(typeof value === "string" ? { lang, text: value } : value);
    } else if (own(values, flag)) {
      found.push(...parts(inner, values, lang));
    }
  }
  found.push({ lang, text: template.slice(at) });
  return found;
}

/** Return runs with neighbours of one language made one, and without empty ones. */
export function joined(runs) {
  const found = [];
  for (const { lang, text } of runs) {
    const last = found.at(-1);
    if (text && last?.lang === lang) last.text += text;
    else if (text) found.push({ lang, text });
  }
  return found;
}

/** Whether a norm, or every norm of an item, is in force on a day (YYYY-MM-DD). */
export function holdsOn(rules, day) {
  return rules.every(({ since, until }) => (!since || since <= day) && (!until || day <= until));
}

/** Return what fills the placeholders: what was typed where the record is silent, the record, the chosen step. */
export function valuesOf(sheet, choice) {
  const typed = Object.entries(choice.typed ?? {}).filter(([, text]) => text);
  return { ...Object.fromEntries(typed), ...sheet.values, ...own(sheet.steps, choice.step ?? "") };
}

/** Return the chosen items of some kinds, in the writer's order, without those out of force on the letter's day. */
export function chosen(sheet, choice, ...kinds) {
  const byId = new Map(sheet.items.map((item) => [item.id, item]));
  const found = (choice.items ?? []).map((id) => byId.get(id)).filter(Boolean);
  return found.filter((item) => kinds.includes(item.kind) && holdsOn(item.rules, choice.day));
}

/** Return the lines of a letter. */
export function compose(sheet, choice) {
  const values = valuesOf(sheet, choice);
  const opening = sheet.opening.map((each) => fill(each, values, sheet.lang)).filter((runs) => runs.length);
  return [
    ...parties(sheet, choice, values),
    gap(),
    line(sheet, "title", sheet.title),
    gap(),
    ...opening.map((runs) => ({ role: "text", runs })),
    ...listed(sheet, choice, values, "facts", "fact"),
    ...listed(sheet, choice, values, "grounds", "ground"),
    ...listed(sheet, choice, values, "stated", "allegation", "forecast"),
    ...ownWords(sheet, choice),
    ...listed(sheet, choice, values, "ask", "demand"),
    ...(choice.answer ? [line(sheet, "text", sheet.words[`answer_${choice.answer}`])] : []),
    ...enclosed(sheet, choice),
    gap(),
    line(sheet, "sign", `${sheet.words.date}: ${shownDay(choice)}`),
    line(sheet, "sign", `${sheet.words.signature}: ${BLANK}`),
    ...restedOn(sheet, choice),
  ];
}

/** Return the words of a line without their languages. */
export function textOf(oneLine) {
  return oneLine.runs.map((run) => run.text).join("");
}

/** Return a letter as plain text, each line ended by a line feed. */
export function plain(lines) {
  return lines.map((each) => `${textOf(each)}\n`).join("");
}

/** Return the short text for a form that takes one: the template with the chosen demands as `ask`. */
export function short(sheet, choice) {
  const values = valuesOf(sheet, choice);
  const asked = chosen(sheet, choice, "demand").map((item) => textOf({ runs: fill(item.text, values, sheet.lang) }));
  return textOf({ runs: fill(sheet.short, { ...values, ask: asked.join(" ") }, sheet.lang) });
}

/** Return the norms that a letter rests on, each once: those of its kind, then those of what was chosen. */
export function rulesOf(sheet, choice) {
  const found = new Map(sheet.rules.map((rule) => [rule.id, rule]));
  for (const item of chosen(sheet, choice, ...KINDS)) {
    for (const rule of item.rules) if (!found.has(rule.id)) found.set(rule.id, rule);
  }
  return [...found.values()];
}

function gap() {
  return { role: "gap", runs: [] };
}

function line(sheet, role, text) {
  return { role, runs: joined([{ lang: sheet.lang, text }]) };
}

function parties(sheet, choice, values) {
  const { words } = sheet;
  const who = choice.who ?? {};
  const party = (text) => line(sheet, "party", text);
  const found = [{ role: "party", runs: fill(`${words.to}: {body}`, values, sheet.lang) }];
  if (Object.hasOwn(who, "organisation")) {
    found.push(party(`${words.from}: ${who.organisation || BLANK}`));
    if (who.post) found.push(party(who.post));
    found.push(party(nameOf(who)));
  } else {
    found.push(party(`${words.from}: ${nameOf(who)}`));
  }
  for (const key of [...WHO, ...(sheet.needs_actual_address ? ["actual_address"] : []), ...REACHED]) {
    if (Object.hasOwn(who, key)) found.push(party(`${words[key]}: ${who[key] || BLANK}`));
  }
  return found;
}

function nameOf(who) {
  return [who.name, who.patronymic].filter(Boolean).join(" ") || BLANK;
}

function listed(sheet, choice, values, head, ...kinds) {
  const found = chosen(sheet, choice, ...kinds);
  if (!found.length) return [];
  const items = found.map((item, index) => {
    const source = item.source ? ` (${item.source})` : "";
    const number = { lang: sheet.lang, text: `${index + 1}. ` };
    return {
      role: "item",
      runs: joined([number, ...fill(item.text, values, sheet.lang), { lang: sheet.lang, text: source }]),
    };
  });
  return [line(sheet, "head", `${sheet.words[head]}:`), ...items];
}

function ownWords(sheet, choice) {
  const paragraphs = (choice.own ?? "").split("\n").filter(Boolean);
  if (!paragraphs.length) return [];
  return [line(sheet, "head", `${sheet.words.own}:`), ...paragraphs.map((each) => line(sheet, "text", each))];
}

function enclosed(sheet, choice) {
  const found = choice.enclosures ?? [];
  if (!found.length) return [];
  const items = found.map((each, index) => line(sheet, "item", `${index + 1}. ${each}`));
  return [line(sheet, "head", `${sheet.words.enclosures}:`), ...items];
}

function shownDay(choice) {
  return choice.dated === false ? BLANK : choice.day.split("-").reverse().join(".");
}

function restedOn(sheet, choice) {
  const rules = rulesOf(sheet, choice);
  if (!rules.length) return [];
  const head = sheet.words.rests_on.replace("{day}", () => shownDay(choice));
  return [gap(), line(sheet, "note", `${head} ${rules.map((rule) => rule.name).join("; ")}.`)];
}
