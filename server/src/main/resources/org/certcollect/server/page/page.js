
(function () {
  var field = document.getElementById('code');
  function fill() {
    var code = /^#code=([^&]+)/.exec(location.hash);
    if (code) {
      try {
        field.value = decodeURIComponent(code[1]);
      } catch (broken) {
        field.value = code[1];
      }
      history.replaceState(null, '', location.pathname);
    }
  }
  if (field) {
    fill();
    window.addEventListener('hashchange', fill);
  }
})();
