/** Elements made by script: no markup is ever parsed. */

/**
 * Return an element. An attribute that is a function listens to the event of that name; true stands without a value;
 * false, null and undefined are left out. Children are nodes or texts; null, undefined and false are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes
 * @param {...unknown} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setPart(node, name, value);
  node.append(...children.flat().filter(isShown));
  return node;
}

function setPart(node, name, value) {
  if (typeof value === "function") node.addEventListener(name, value);
  else if (value === true) node.setAttribute(name, "");
  else if (isShown(value)) node.setAttribute(name, String(value));
}

function isShown(value) {
  return value !== null && value !== undefined && value !== false;
}

/** Return words of several languages as nodes: those in another language than the place bear their own. */
export function runNodes(runs, lang) {
  return runs.map((run) => (run.lang === lang ? run.text : el("span", { lang: run.lang }, run.text)));
}

/** Do something that rebuilds a part of the page, and put the focus back where it was. */
export function keepingFocus(rebuild) {
  const { id } = document.activeElement ?? {};
  rebuild();
  if (!id || document.activeElement?.id === id) return;
  document.getElementById(id)?.focus({ preventScroll: true });
}

/** Whether this page is the file for a disk: pages of the site are not beside it. */
export function isOnDisk() {
  return document.getElementById("offline-data") !== null;
}

let lastId = 0;

/** Return an id that no element of the page has. */
export function freshId() {
  lastId += 1;
  return `made-${lastId}`;
}

/** Return a name for radio buttons that says nothing and is another each time. */
export function randomName() {
  return `r${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

/** Return the list in an order by chance. */
export function shuffled(list) {
  const found = [...list];
  for (let last = found.length - 1; last > 0; last -= 1) {
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
    [found[last], found[other]] = [found[other], found[last]];
  }
  return found;
}
