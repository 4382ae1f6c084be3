// Drags the lines of a list to another place. A page asks for it with
//   <div data-vv-order="id of a form with the hidden fields name and place"> around elements with data-name and, for the
// places that they give, data-before, data-after, data-first. Dropping sends the form. Without script, and with the
// keyboard, buttons do the same.
const list = document.querySelector('[data-vv-order]');

if (list && window.matchMedia('(pointer: fine)').matches) {
  const form = document.getElementById(list.dataset.vvOrder);
  let dragged = null;
  let over = null;

  const clear = () => {
    over?.classList.remove('vv-drop-before', 'vv-drop-after');
    over = null;
  };
  const upper = (element, event) => {
    const box = element.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };
  const placeAt = (element, event) =>
    upper(element, event) && element.dataset.before ? element.dataset.before : element.dataset.first || element.dataset.after;

  for (const row of list.querySelectorAll('.vv-plan-row[data-name]')) {
    const handle = document.createElement('span');
    handle.className = 'vv-handle';
    handle.setAttribute('aria-hidden', 'true');
    row.prepend(handle);
    row.draggable = true;
    row.addEventListener('dragstart', (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', row.dataset.name);
      row.classList.add('vv-dragged');
    });
    row.addEventListener('dragend', () => {
      row.classList.remove('vv-dragged');
      clear();
    });
  }

  for (const target of list.querySelectorAll('[data-name]')) {
    target.addEventListener('dragover', (event) => {
      if (!dragged || target === dragged) return;
      event.preventDefault();
      if (over !== target) clear();
      over = target;
      const before = upper(target, event) && target.dataset.before;
      target.classList.toggle('vv-drop-before', Boolean(before));
      target.classList.toggle('vv-drop-after', !before);
    });
    target.addEventListener('drop', (event) => {
      if (!dragged || target === dragged) return;
      event.preventDefault();
      for (const [name, value] of [['name', dragged.dataset.name], ['place', placeAt(target, event)]]) {
        const field = form.elements.namedItem(name);
        field.disabled = false;
        field.value = value;
      }
      form.submit();
    });
  }
}
