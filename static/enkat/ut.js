// Leave at once: the page goes blank before anything is asked for, and Back does not lead here.
(() => {
  const ut = document.getElementById("ut");
  ut.onclick = (e) => {
    e.preventDefault();
    document.title = "\u00a0";
    document.body.hidden = true;
    location.replace(ut.href);
  };
})();
