// A scanned code lies in the fragment, which no server sees. Into the form with it, and out of the address and the history.
const ta = () => {
  const kod = location.hash.slice(1);
  if (kod) document.querySelector("[name=skannad],[name=kod]").value = kod;
  if (kod) history.replaceState(null, "", location.pathname);
};
addEventListener("hashchange", ta);
ta();
