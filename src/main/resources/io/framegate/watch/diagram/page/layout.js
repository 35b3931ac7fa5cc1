/** Places the cards: each in the column after the last card that leads to it, so that images go from left to right. */

/** Everything on the map, in columns from left to right; each is a route, or an error handling, of the picture. */
export function columns(picture) {
  const routes = new Map(picture.routes.map((route) => [route.id, route]));
  const errors = picture.errors ?? [];
  const leads = new Map(picture.routes.map((route) => [route.id, known(routes, leadsOf(route.steps))]));
  const column = depths(leads);
  const placed = [];
  const place = (what, at) => (placed[at] ??= []).push(what);
  const ordered = order(picture.routes, leads);
  ordered.forEach((route) => place(route, column.get(route.id)));
  for (const handling of errors) {
    const to = known(routes, handling.handlers.flatMap((handler) => leadsOf(handler.steps)));
    const near = to.length > 0 ? to : handling.routes;
    place(handling, Math.max(0, Math.min(...near.map((id) => column.get(id) ?? 0)) - (to.length > 0 ? 1 : 0)));
  }
  return [...placed].map((cards) => cards ?? []);
}

/** The routes that steps lead to, in their order. */
export function leadsOf(steps = []) {
  return steps.flatMap((step) => [...(step.leadsTo ?? []), ...leadsOf(step.steps)]);
}

function known(routes, ids) {
  return [...new Set(ids)].filter((id) => routes.has(id));
}

/** The longest way to each; what leads back counts for nothing. */
function depths(leads) {
  const depth = new Map([...leads.keys()].map((id) => [id, 0]));
  const visit = (id, above) => {
    for (const next of leads.get(id)) {
      if (!above.has(next) && depth.get(next) <= depth.get(id)) {
        depth.set(next, depth.get(id) + 1);
        visit(next, new Set([...above, next]));
      }
    }
  };
  leads.forEach((next, id) => visit(id, new Set([id])));
  return depth;
}

/**
 * As they are met on the way from the listeners; then those where the ways end, and last those that no way leads to or
 * from.
 */
function order(routes, leads) {
  const led = new Set([...leads.values()].flat());
  const met = [];
  const visit = (id) => {
    if (!met.includes(id)) {
      met.push(id);
      leads.get(id).forEach(visit);
    }
  };
  const rank = ({ id }) => (leads.get(id).length > 0 ? 0 : led.has(id) ? 1 : 2);
  routes.filter((route) => route.address).forEach((route) => visit(route.id));
  routes.filter((route) => !led.has(route.id)).forEach((route) => visit(route.id));
  routes.forEach((route) => visit(route.id));
  return [...routes].sort((a, b) => rank(a) - rank(b) || met.indexOf(a.id) - met.indexOf(b.id));
}
