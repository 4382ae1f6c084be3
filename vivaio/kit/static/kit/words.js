// Counts while one writes. `textarea[data-words="150"]` or `[data-signs="600"]`; its `aria-describedby` names the
// counter (component c-counter), whose sentences come from the server. The server counts again: nothing is cut here.
const counterOf = (area) =>
  (area.getAttribute('aria-describedby') || '')
    .split(' ')
    .map((id) => id && document.getElementById(id))
    .find((element) => element && element.matches('.vv-counter'));

export const words = (text) => text.split(/\s+/).filter(Boolean).length;

function count(area) {
  const counter = counterOf(area);
  if (!counter) return;
  const limit = Number(area.dataset.words || area.dataset.signs);
  const found = area.dataset.words ? words(area.value) : [...area.value].length;
  const over = found > limit;
  const sentence = over ? counter.dataset.over : counter.dataset.said;
  counter.querySelector('span').textContent = sentence
    .replace('{n}', found)
    .replace('{limit}', limit)
    .replace('{more}', found - limit);
  counter.classList.toggle('vv-over', over);
  const bar = counter.querySelector('progress');
  if (bar) bar.value = Math.min(found, limit);
}

document.addEventListener('input', (event) => {
  if (event.target.matches?.('textarea[data-words], textarea[data-signs]')) count(event.target);
});
