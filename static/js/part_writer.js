/** Part 3: who writes. Every field is made here, has no name, and warns without hindering. */

import { checkBin, checkDate, checkEmail, checkIin, checkName, checkPhone, checkPostcode } from "./checks.js";
import { el } from "./dom.js";
import { change, changeField, draft, watch } from "./drafting.js";
import { pushButton, radioGroup, selectField, textField, tickBox } from "./fields.js";
import { pageLanguage, say, worded } from "./speech.js";

/** Return the fields about the writer. */
export function writerPart() {
  const fields = el("div", {}, personOrOrganisation(), ...nameFields(), ...addressFields(), ...reachFields(), dateField());
  const blank = el(
    "div",
    { class: "blanks" },
    worded("p", "blanks_chosen"),
    pushButton("fill_in_after_all", () => change({ isBlank: false }), { class: "quiet" }),
  );
  const leave = el(
    "p",
    {},
    pushButton("leave_blanks", () => change({ isBlank: true }), { class: "secondary", id: "leave-blanks" }),
  );
  watch(["isBlank"], () => {
    fields.hidden = draft.isBlank;
    leave.hidden = draft.isBlank;
    blank.hidden = !draft.isBlank;
  });
  return [worded("p", "writer_lead"), leave, blank, fields, ...answerFields()];
}

function personOrOrganisation() {
  const options = ["person", "organisation"].map((value) => ({ value, label: worded("span", `writer_${value}`) }));
  const place = el("div", {});
  watch(["way"], () => {
    const value = draft.isOrganisation ? "organisation" : "person";
    const picked = (code) => change({ isOrganisation: code === "organisation" });
    place.replaceChildren(radioGroup({ key: "writer_is", options, value, picked, isInline: true }));
  });
  return place;
}

/** A field about the writer; what is checked is shown in its normal form in the letter only if it was understood. */
function writerField(key, { check, ...shape } = {}) {
  const typed = (text) => {
    const found = check?.(text);
    changeField(key, found && !found.code ? found.value : text);
  };
  return textField({ key, value: draft.fields[key] ?? "", typed, check, ...shape }).node;
}

function nameFields() {
  const organisation = el(
    "div",
    { class: "pair" },
    writerField("organisation"),
    writerField("bin", { check: checkBin, inputmode: "numeric", width: 20 }),
    writerField("post"),
  );
  const patronymic = writerField("patronymic", { check: checkName });
  const iin = el("div", {}, writerField("iin", { check: checkIin, inputmode: "numeric", width: 20 }));
  iin.append(tickBox({ key: "no_iin", value: draft.hasNoIin, picked: (hasNoIin) => change({ hasNoIin }) }));
  watch(["isOrganisation"], () => {
    organisation.hidden = !draft.isOrganisation;
    patronymic.hidden = draft.isOrganisation;
    iin.hidden = draft.isOrganisation;
  });
  return [organisation, el("div", { class: "pair" }, writerField("name", { check: checkName }), patronymic), iin];
}

function addressFields() {
  const country = writerField("country");
  const region = selectField({
    key: "region",
    value: draft.fields.region,
    options: () => [
      ["", say("region_none")],
      ...draft.data.regions.map(({ code, names }) => [code, names[pageLanguage()]]),
      ["abroad", say("region_abroad")],
    ],
    picked: (code) => changeField("region", code),
  });
  watch(["fields"], () => (country.hidden = draft.fields.region !== "abroad"));
  return [
    worded("h3", "address_head"),
    el("div", { class: "pair" }, region, country, writerField("locality")),
    el("div", { class: "pair" }, writerField("street"), writerField("postcode", { check: checkPostcode, width: 10 })),
    ...(draft.data.requires === "complaint" ? [actualAddress()] : []),
  ];
}

/** A complaint names where the writer actually lives. */
function actualAddress() {
  const field = writerField("actual_address", { rows: 2 });
  watch(["livesElsewhere"], () => (field.hidden = !draft.livesElsewhere));
  const picked = (livesElsewhere) => change({ livesElsewhere });
  return el("div", { class: "govuk-form-group" }, tickBox({ key: "lives_elsewhere", picked }), field);
}

function reachFields() {
  return [
    worded("h3", "reach_head"),
    el(
      "div",
      { class: "pair" },
      writerField("phone", { check: checkPhone, inputmode: "tel" }),
      writerField("email", { check: checkEmail, inputmode: "email" }),
    ),
  ];
}

function dateField() {
  return textField({
    key: "date",
    value: draft.day,
    width: 10,
    inputmode: "numeric",
    typed: (day) => change({ day }),
    check: (text) => checkDate(text, draft.data.today),
  }).node;
}

function answerFields() {
  const options = ["paper", "electronic"].map((value) => ({ value, label: worded("span", `answer_${value}`) }));
  options.push({ value: "", label: worded("span", "answer_unsaid") });
  const enclosures = textField({ key: "enclosures", rows: 3, typed: (text) => change({ enclosures: text }) });
  return [
    radioGroup({ key: "answer_wanted", options, value: draft.answer, picked: (answer) => change({ answer }) }),
    enclosures.node,
  ];
}
