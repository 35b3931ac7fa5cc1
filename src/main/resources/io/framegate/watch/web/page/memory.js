/** Keeps the operator's choices in this browser. If storage is forbidden, they last as long as the page. */

export function recall(name) {
  try {
    return localStorage.getItem(`framegate.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`framegate.${name}`, value);
  } catch {
    // See above.
  }
}
