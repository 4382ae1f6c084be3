// Narrows a long list of choices as one types. A page asks for it with
//   <div hidden data-vv-narrow="id of the list"><label ...><input type="search"><p role="status" data-none="..."></p></div>
// The field shows only where this script runs; what is ticked stays ticked and is never hidden.
const plain = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

for (const place of document.querySelectorAll('[data-vv-narrow]')) {
  const rows = [...document.getElementById(place.dataset.vvNarrow).children];
  const field = place.querySelector('input');
  const told = place.querySelector('[role="status"]');
  const narrow = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const words = plain(row.textContent);
      const found = wanted.every((word) => words.includes(word)) || row.querySelector('input')?.checked;
      row.hidden = !found;
      shown += found ? 1 : 0;
    }
    told.textContent = shown ? '' : told.dataset.none;
  };
  field.addEventListener('input', narrow);
  field.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
  place.hidden = false;
}
