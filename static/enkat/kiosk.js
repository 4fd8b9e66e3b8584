// A tablet that many use: it asks whether anyone is there, then clears itself. Back never shows what someone answered.
(() => {
  const ruta = document.getElementById("kiosk"), d = ruta.dataset, kvar = document.getElementById("kvar");
  const tom = () => { document.body.hidden = true; location.replace(d.start); };
  const bakat = performance.getEntriesByType("navigation")[0];
  if (bakat && bakat.type === "back_forward") return tom();
  addEventListener("pageshow", (e) => { if (e.persisted) tom(); });
  let sist = Date.now();
  const har = () => { if (!ruta.open) sist = Date.now(); };
  for (const h of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(h, har, true);
  ruta.querySelector("button").onclick = () => { ruta.close(); sist = Date.now(); };
  ruta.oncancel = () => { sist = Date.now(); };
  ruta.querySelector("a").onclick = (e) => { e.preventDefault(); tom(); };
  setInterval(() => {
    const borta = (Date.now() - sist) / 1000, rest = Math.ceil(+d.sekunder + +d.varnar - borta);
    if (rest <= 0) return tom();
    if (borta > d.sekunder && !ruta.open) ruta.showModal();
    kvar.textContent = ruta.open ? rest : "";
  }, 500);
})();
