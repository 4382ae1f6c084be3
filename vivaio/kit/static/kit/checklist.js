// A checklist by keyboard: with the focus on the outcomes of a point, the keys 1 to 5 choose one.
for (const form of document.querySelectorAll('form[data-vv-outcomes]')) {
  const outcomes = [...form.querySelectorAll('input[type="radio"]')];
  form.addEventListener('keydown', (event) => {
    if (event.target.type !== 'radio' || event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = /^[1-9]$/.test(event.key) ? outcomes[Number(event.key) - 1] : null;
    if (!chosen || chosen.disabled) return;
    event.preventDefault();
    chosen.focus();
    if (!chosen.checked) chosen.click();
  });
}
