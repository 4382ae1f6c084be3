// Rows ticked in a list: a box in the head ticks the whole page, the form below says how many are ticked, and the
// shift key ticks all the rows between two. Without script the boxes and the form's choice of rows do the same.
for (const form of document.querySelectorAll('[data-vv-bulk]')) {
  const boxes = [...document.querySelectorAll(`input[name="row"][form="${form.id}"]`)];
  const told = form.querySelector('[data-vv-bulk-count]');
  const scope = form.elements.namedItem('scope');
  const head = document.getElementById(`${form.id}-pick`);
  const all = document.createElement('input');
  let last = null;

  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    told.textContent = ticked === 0 ? '' : ticked === 1 ? told.dataset.one : told.dataset.many.replace('#', ticked);
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    for (const box of boxes) box.closest('tr').classList.toggle('vv-ticked', box.checked);
  };

  if (head && boxes.length > 1) {
    const label = document.createElement('label');
    all.type = 'checkbox';
    all.className = 'form-check-input';
    all.setAttribute('aria-label', form.dataset.all || head.textContent);
    const words = document.createElement('span'); // read where the rows stand as cards
    words.textContent = form.dataset.all || head.textContent;
    label.append(all, words);
    head.after(label);
    all.addEventListener('change', () => {
      for (const box of boxes) box.checked = all.checked;
      scope.value = 'ticked';
      count();
    });
  }
  for (const box of boxes) {
    box.addEventListener('click', (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      scope.value = 'ticked';
      count();
    });
  }
  window.addEventListener('pageshow', count); // what the browser ticks again on the way back
  count();
}
