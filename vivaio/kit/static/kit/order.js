// Drags the lines of a list to another place, with a mouse, a pen or a finger. A page asks for it with
//   <div data-vv-order="id of a form with the hidden fields name and place"> around elements with data-name and, for the
// places that they give, data-before, data-after, data-first. Dropping sends the form. A whole step (.vv-plan-head) is
// dropped on other steps alone (data-step). A mouse takes a line anywhere, a finger by its handle, so that the page still
// scrolls. Without script, and with the keyboard, buttons do the same.
const list = document.querySelector('[data-vv-order]');
const SLOP = 6;
const EDGE = 70;

if (list) {
  const form = document.getElementById(list.dataset.vvOrder);
  let drag = null;
  let over = null;

  const upper = (element, y) => {
    const box = element.getBoundingClientRect();
    return y < box.top + box.height / 2;
  };
  const placeAt = (element, y) =>
    upper(element, y) && element.dataset.before ? element.dataset.before : element.dataset.first || element.dataset.after;

  const mark = (target, before) => {
    over?.classList.remove('vv-drop-before', 'vv-drop-after');
    over = target;
    over?.classList.add(before ? 'vv-drop-before' : 'vv-drop-after');
  };
  const aim = () => {
    const found = document.elementFromPoint(drag.x, drag.y)?.closest(drag.step ? '[data-step]' : '[data-name]');
    const own = drag.step ?? drag.row;
    const target = found && found !== own && list.contains(found) ? found : null;
    mark(target, target && upper(target, drag.y) && target.dataset.before);
  };
  // Near an edge of the window the page comes along, for as long as one stays there.
  const scroll = () => {
    if (!drag?.begun) return;
    const way = drag.y < EDGE ? -1 : drag.y > window.innerHeight - EDGE ? 1 : 0;
    if (way) {
      window.scrollBy(0, way * 8);
      aim();
    }
    requestAnimationFrame(scroll);
  };
  const begin = () => {
    drag.begun = true;
    drag.row.setPointerCapture(drag.pointer);
    (drag.step ?? drag.row).classList.add('vv-dragged');
    list.classList.add('vv-dragging');
    requestAnimationFrame(scroll);
  };
  const end = () => {
    (drag?.step ?? drag?.row)?.classList.remove('vv-dragged');
    list.classList.remove('vv-dragging');
    mark(null);
    drag = null;
  };
  const send = (name, place) => {
    for (const [key, value] of [['name', name], ['place', place]]) {
      const field = form.elements.namedItem(key);
      field.disabled = false;
      field.value = value;
    }
    form.submit();
  };

  for (const row of list.querySelectorAll('.vv-plan-row[data-name], .vv-plan-head[data-name]')) {
    const step = row.matches('.vv-plan-head') ? row.closest('[data-step]') : null;
    const handle = document.createElement('span');
    handle.className = 'vv-handle';
    handle.setAttribute('aria-hidden', 'true');
    row.prepend(handle);
    row.addEventListener('pointerdown', (event) => {
      const byHandle = event.target === handle;
      const byMouse = event.pointerType === 'mouse' && !event.target.closest('a, button, summary, details');
      if (drag || event.button || !event.isPrimary || !(byHandle || byMouse)) return;
      drag = { row, step, pointer: event.pointerId, fromX: event.clientX, fromY: event.clientY, x: event.clientX, y: event.clientY };
    });
  }

  document.addEventListener('pointermove', (event) => {
    if (event.pointerId !== drag?.pointer) return;
    [drag.x, drag.y] = [event.clientX, event.clientY];
    if (!drag.begun && Math.hypot(drag.x - drag.fromX, drag.y - drag.fromY) > SLOP) begin();
    if (drag.begun) aim();
  });
  document.addEventListener('pointerup', (event) => {
    if (event.pointerId !== drag?.pointer) return;
    const place = over && placeAt(over, event.clientY);
    const name = drag.row.dataset.name;
    end();
    if (place) send(name, place);
  });
  document.addEventListener('pointercancel', (event) => {
    if (event.pointerId === drag?.pointer) end();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && drag) end();
  });
  document.addEventListener('selectstart', (event) => {
    if (drag) event.preventDefault();
  });
}
