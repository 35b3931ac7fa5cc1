/** Shared functions for the document. All text from the gateway goes through setText. */

export const byId = (id) => document.getElementById(id);

/** Writes only what changed: an unchanged text costs no layout. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** The same for an attribute. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** Imported, not cloned: images that still belong to the template's own document load nothing. */
export function fromTemplate(id) {
  return document.importNode(byId(id).content, true).firstElementChild;
}

export function setIcon(node, name) {
  node.querySelector('use').setAttribute('href', `#icon-${name}`);
}

/** Makes the children of parent be these nodes in this order, and moves only those that are not in their place. */
export function arrange(parent, nodes) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  let place = parent.firstElementChild;
  for (const node of nodes) {
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  while (place) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
  if (focused?.isConnected && focused !== document.activeElement) {
    focused.focus({ preventScroll: true });
  }
}

/** Calls work once in the next frame, however often it is asked for; not at all while the tab is hidden. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        work();
      });
    }
  };
}
