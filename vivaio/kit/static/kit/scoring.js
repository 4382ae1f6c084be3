// Scores by keyboard: on a form with `data-vv-scoring`, a digit gives the score while its criterion has the focus, and
// Ctrl (or Cmd) with Enter sends the form. Digits act on a focused score alone, so that no key is taken from anything else.
const form = document.querySelector('form[data-vv-scoring]');

function give(radio, digit) {
  const same = [...form.elements].filter((one) => one.type === 'radio' && one.name === radio.name);
  const wanted = same.find((one) => one.value === digit);
  if (!wanted || wanted.disabled) return;
  wanted.focus();
  if (!wanted.checked) wanted.click();
}

form?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.target.type === 'radio' && /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    give(event.target, event.key);
  }
});

// A comment that the call wants unfolds once its criterion has a score.
form?.addEventListener('change', (event) => {
  const criterion = event.target.closest('.vv-criterion');
  const comment = event.target.name?.startsWith('score-') ? criterion?.nextElementSibling : null;
  if (comment?.matches('details[data-vv-comment]')) comment.open = true;
});
