// Shows a question only while the answer it depends on, on the same page, calls for it.
//
//   <div data-follows="P2" data-any-of="yes maybe">…</div>
//
// Without this script the question stays, with the words that say when to fill it in;
// the server leaves out an answer that was not called for in any case.

const followers = document.querySelectorAll("[data-follows]");

function isCalledFor(follower) {
  const awaited = follower.dataset.anyOf.split(" ");
  const fields = document.getElementsByName(follower.dataset.follows);
  return [...fields].some((field) => {
    const isOption = ["radio", "checkbox"].includes(field.type);
    const isHidden = field.closest("[data-follows][hidden]") !== null;
    return !isHidden && awaited.includes(field.value) && (!isOption || field.checked);
  });
}

function refresh() {
  // In the order of the page, so that a question hidden hides those that follow it.
  for (const follower of followers) follower.hidden = !isCalledFor(follower);
}

document.addEventListener("input", refresh);
refresh();
