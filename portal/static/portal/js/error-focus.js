/* After a mistake: focus on the summary, and from each of its lines to the question with its label in sight. */
const summary = document.querySelector(".error-summary");

summary.focus();
summary.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.hash?.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest(".field").scrollIntoView();
  field.focus({ preventScroll: true });
});
