// Fields that another answer makes necessary are shown when that answer is given; a refused form's errors get the focus.
(() => {
  "use strict";

  const given = (form, name) =>
    [...form.elements]
      .filter(control => control.name === name && (control.type !== "radio" || control.checked))
      .map(control => control.value);

  const decide = field => {
    const answers = given(field.closest("form"), field.dataset.decidedBy);
    const demanded = answers.some(answer => field.dataset.decidedFor.split(" ").includes(answer));
    const words = field.querySelector(".field__optional");
    if (words) words.hidden = demanded;
    field.hidden = !demanded && !field.classList.contains("field--error");
    for (const control of field.querySelectorAll("input, select, textarea")) {
      control.dataset.locked ??= control.disabled ? "yes" : "";
      control.disabled = control.dataset.locked === "yes" || field.hidden; // what isn't seen isn't sent
    }
  };

  const decideAll = () => document.querySelectorAll("form [data-decided-by]").forEach(decide);

  const decideIn = form => form?.querySelectorAll("[data-decided-by]").forEach(decide);

  // What is chosen while the lists of another day are on their way stays chosen where it is still there.
  const keep = ({ target, fragment }) => {
    for (const control of [target, ...target.querySelectorAll("input, option")]) {
      const name = control.name ?? control.closest("select")?.name;
      const same = [...fragment.querySelectorAll("input, option")].find(
        other => other.value === control.value && (other.name ?? other.closest("select")?.name) === name
      );
      if (same && control.matches("option")) same.selected = control.selected;
      if (same && control.matches("input")) same.checked = control.checked;
    }
  };

  document.addEventListener("change", event => decideIn(event.target.form));
  document.addEventListener("submit", event => decideIn(event.target), true); // what was filled in without a change
  document.addEventListener("htmx:oobBeforeSwap", event => keep(event.detail));
  document.addEventListener("htmx:afterSettle", decideAll);
  window.addEventListener("pageshow", decideAll); // also when the browser has put back what was typed
  document.addEventListener("DOMContentLoaded", () => {
    decideAll();
    const errors = document.querySelector(".errors");
    if (errors) errors.focus();
  });
})();
