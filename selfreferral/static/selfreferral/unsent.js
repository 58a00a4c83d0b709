// Asks before words are lost: several forms stand on one page, and only one of them can be sent.

let sent = null;

function differs(control) {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    const first = options.some((option) => option.defaultSelected) ? null : options[0];
    return options.some((option) => option.selected !== (option === first || option.defaultSelected));
  }
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  return "defaultValue" in control && control.value !== control.defaultValue;
}

function isUnsent(form) {
  return form !== sent && ("unsent" in form.dataset || [...form.elements].some(differs));
}

document.addEventListener("submit", (event) => {
  sent = event.target;
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-keeps-words]")].some(isUnsent)) event.preventDefault();
  sent = null;
});
