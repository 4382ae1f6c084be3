// Puts a named field where one writes: `button[data-vv-field="{{ name }}"]` into the `[data-vv-fields]` used last.
const places = [...document.querySelectorAll('[data-vv-fields]')];
let last = places.find((place) => place.matches('textarea')) || places[0];
for (const place of places) place.addEventListener('focus', () => (last = place));
for (const button of document.querySelectorAll('button[data-vv-field]')) {
  button.addEventListener('click', () => {
    if (!last) return;
    last.setRangeText(button.dataset.vvField, last.selectionStart, last.selectionEnd, 'end');
    last.dispatchEvent(new Event('input', { bubbles: true }));
    last.focus();
  });
}
