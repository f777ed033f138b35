// Drags a question to another place, or another part, of the outline of a draft.
//
//   <form data-reorder> … <ol data-part="who"> <li data-question="P2">…</li> </ol>
//
// A drop sends what a button would: `question:P2:to:who:3`. Without this script, and
// with the keyboard, the buttons "up", "down" and "to the part" do the same.

const form = document.querySelector("form[data-reorder]");
let dragged = null;

function send(question, part, rank) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "do";
  field.value = `question:${question}:to:${part}:${rank}`;
  form.append(field);
  form.submit();
}

function rankOf(list, y) {
  const others = [...list.querySelectorAll("[data-question]")].filter(
    (item) => item !== dragged,
  );
  const after = others.findIndex((item) => {
    const box = item.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return after < 0 ? others.length : after;
}

if (form) {
  for (const item of form.querySelectorAll("[data-question]")) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.question);
    });
    item.addEventListener("dragend", () => (dragged = null));
  }
  for (const list of form.querySelectorAll("[data-part]")) {
    list.addEventListener("dragover", (event) => dragged && event.preventDefault());
    list.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      send(dragged.dataset.question, list.dataset.part, rankOf(list, event.clientY));
    });
  }
}
