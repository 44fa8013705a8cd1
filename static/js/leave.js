/**
 * Leaving a page of letters at once, and clearing it: what was typed is wiped, and Back does not bring it back.
 *
 * Without scripts both are plain links. With them the entry in the history is replaced, and pressing Shift three times
 * within five seconds (left, right or both) leaves too. That this site was opened stays in the browser's history.
 */

const WITHIN = 5000;
const TIMES = 3;

const WIPERS = new Set();
const STARTERS = new Set();

/** Do something when the page is left or cleared: forget what was typed. */
export function onWipe(action) {
  WIPERS.add(action);
}

/** Do something when a page that was left is shown again: start anew, with empty fields. */
export function onReturn(action) {
  STARTERS.add(action);
}

/** Wipe every field, and whatever else was told to be wiped. */
export function wipeAll() {
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else field.value = "";
  }
  for (const action of WIPERS) action();
}

/** Go to an address in place of this page; nothing of this page can be read while the other loads. */
export function leaveFor(address) {
  wipeAll();
  document.body.replaceChildren();
  document.title = "…";
  location.replace(address);
}

/** Make the link that leaves, the one that clears, and the keys work. */
export function watchExits() {
  const leave = document.querySelector("[data-leave]");
  leave?.addEventListener("click", (event) => {
    event.preventDefault();
    leaveNow(leave);
  });
  document.addEventListener("click", (event) => {
    const clear = event.target instanceof Element ? event.target.closest("[data-clear]") : null;
    if (!clear) return;
    event.preventDefault();
    leaveFor(clear.getAttribute("href"));
  });
  if (leave) watchShift(() => leaveNow(leave));
  addEventListener("pagehide", wipeAll);
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const action of STARTERS) action();
  });
}

function leaveNow(link) {
  forgetAddress(link.dataset.neutral);
  leaveFor(link.href);
}

/** Put a neutral address in place of this page's, in case the other site does not open. */
function forgetAddress(neutral) {
  try {
    history.replaceState(null, "", neutral);
  } catch {
    // A page from a disk has no other address.
  }
}

/**
 * Count presses of Shift alone. Any other key or the pointer starts the count anew, and Shift with Alt, Ctrl or Meta
 * is not counted: so capital letters and changing the keyboard's language leave nobody without their letter.
 */
function watchShift(leave) {
  let pressed = [];
  const forget = () => (pressed = []);
  addEventListener("pointerdown", forget);
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.altKey || event.ctrlKey || event.metaKey) return forget();
    if (event.repeat) return undefined;
    pressed = [...pressed.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    return pressed.length >= TIMES ? leave() : undefined;
  });
}
