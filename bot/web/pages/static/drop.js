// Dropping or choosing a file sends it at once; without this file, the button does.
const form = document.getElementById("by-file");
const input = document.getElementById("file");
const zone = document.getElementById("drop");

if (form && input && zone) {
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => event.preventDefault());
  }
  zone.addEventListener("dragenter", () => zone.classList.add("over"));
  zone.addEventListener("dragover", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    const files = event.dataTransfer?.files;
    if (files && files.length > 0) {
      input.files = files;
      form.requestSubmit();
    }
  });
}
