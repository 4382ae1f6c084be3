// The token that proves a request comes from a page of ours: from a form on the page, or from the cookie.
export function token(form) {
  const field = (form || document).querySelector('input[name="csrfmiddlewaretoken"]');
  if (field) return field.value;
  const cookie = document.cookie.split('; ').find((part) => part.startsWith('csrftoken='));
  return cookie ? decodeURIComponent(cookie.slice('csrftoken='.length)) : '';
}
