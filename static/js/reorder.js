// Drags a line to another place of its list, or to another list.
//
//   <form data-reorder="do=question:{item}:to:{list}:{rank}">
//     <ol data-list="who" data-takes="question">
//       <li data-item="P2" data-kind="question">…</li> …
//
// A drop sends, by the form, what a button would: the fields that `data-reorder` says.
// Lists may stand inside the items of another one: each takes items of its own kind.
// Without this script, and with the keyboard, buttons do the same.

const form = document.querySelector("form[data-reorder]");
let dragged = null;

function send(item, list, rank) {
  const told = { item, list, rank };
  for (const [name, value] of new URLSearchParams(form.dataset.reorder)) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value.replace(/\{(\w+)\}/g, (_whole, key) => told[key]);
    form.append(field);
  }
  form.submit();
}

function takes(list) {
  return dragged && list.dataset.takes === dragged.dataset.kind;
}

function rankOf(list, y) {
  const others = [...list.children].filter(
    (item) => item.dataset.item && item !== dragged,
  );
  const after = others.findIndex((item) => {
    const box = item.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return after < 0 ? others.length : after;
}

if (form) {
  for (const item of form.querySelectorAll("[data-item]")) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      event.stopPropagation();
      dragged = item;
      // Taken by a link inside it, the line goes, and not the address of the link.
      event.dataTransfer.clearData();
      event.dataTransfer.setDragImage(item, 0, 0);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.item);
    });
    item.addEventListener("dragend", () => (dragged = null));
  }
  for (const list of form.querySelectorAll("[data-list]")) {
    list.addEventListener("dragover", (event) => takes(list) && event.preventDefault());
    list.addEventListener("drop", (event) => {
      if (!takes(list)) return;
      event.preventDefault();
      event.stopPropagation();
      send(dragged.dataset.item, list.dataset.list, rankOf(list, event.clientY));
    });
  }
}
