/** Formats figures. */

const whole = new Intl.NumberFormat('en');
const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const count = (number) => whole.format(number);

export const rate = (number) => (number >= 100 ? whole.format(Math.round(number)) : one.format(number));

export function bytes(number) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  while (number >= 999.5 && unit < units.length - 1) {
    number /= 1000;
    unit++;
  }
  return `${unit === 0 || number >= 100 ? Math.round(number) : one.format(number)} ${units[unit]}`;
}

/** "45 s", "12 min", "3 h", "2 days": one unit is enough to judge by. */
export function span(seconds) {
  if (seconds < 10 && !Number.isInteger(seconds)) {
    return `${one.format(seconds)} s`;
  }
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 90 * 60) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

export function ago(seconds) {
  return seconds < 1 ? 'now' : `${span(Math.floor(seconds))} ago`;
}

export function latency(millis) {
  return millis < 1000 ? `${Math.round(millis)} ms` : span(millis / 1000);
}

/** The time of day; with the date if it is not today's. */
export function time(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  return (date.toDateString() === new Date().toDateString() ? clock : day).format(date);
}

/** How often a camera sends as a rule. */
export function usual(seconds) {
  return seconds < 1 ? 'usually more than once a second' : `usually every ${span(seconds)}`;
}

/** What is said in the place of a picture whose format the browser does not know. */
export function notShown(format) {
  return `A picture in ${format}, which this browser cannot show`;
}
