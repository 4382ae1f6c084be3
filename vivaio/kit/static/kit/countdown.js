// Keeps a countdown going by the server's clock (the reader's own may be wrong). The words under it are the server's.
const MINUTE = 60;
const language = document.documentElement.lang || 'it';
const started = performance.now();

function left(element) {
  const passed = (performance.now() - started) / 1000;
  const now = Date.parse(element.dataset.vvNow) / 1000 + passed;
  const seconds = Math.max(0, Math.floor(Date.parse(element.dataset.vvUntil) / 1000 - now));
  const minutes = Math.floor(seconds / MINUTE);
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60, over: seconds === 0 };
}

const unit = (name) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
const wordOf = (name, n) => unit(name).formatToParts(n).find((part) => part.type === 'unit').value;

function figures(list, time) {
  const values = [time.days, time.hours, time.minutes];
  list.querySelectorAll('div').forEach((pair, place) => {
    pair.querySelector('dd').textContent = values[place];
    pair.querySelector('dt').textContent = wordOf(['day', 'hour', 'minute'][place], values[place]);
  });
}

function sentence(element, time) {
  if (time.over) {
    element.textContent = element.dataset.over;
    return;
  }
  const units = [['day', time.days], ['hour', time.hours], ['minute', time.minutes]];
  const first = units.findIndex(([, n]) => n > 0);
  if (first < 0) {
    element.textContent = element.dataset.last;
    return;
  }
  const said = units.slice(first, first + 2).filter(([, n]) => n > 0);
  const parts = said.map(([name, n]) => unit(name).format(n));
  const joined = new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
  const one = said.length === 1 && said[0][1] === 1;
  element.textContent = (one ? element.dataset.one : element.dataset.many).replace('{time}', joined);
}

function draw() {
  for (const element of document.querySelectorAll('[data-vv-until]')) {
    const time = left(element);
    if (element.matches('dl')) figures(element, time);
    else sentence(element, time);
  }
}

if (document.querySelector('[data-vv-until]')) setInterval(draw, 10000);
