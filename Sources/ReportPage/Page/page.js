
"use strict";
(function () {
  var table = document.getElementById("rows");
  var form = document.getElementById("filter");
  var count = document.getElementById("count");
  if (!table || !form || !count) return;
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var texts = rows.map(function (row) {
    return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent; });
  });
  var whole = texts.map(function (cells) { return cells.join("\n").toLowerCase(); });
  var order = rows.map(function (_, index) { return index; });
  var filters = [["in-store", 6], ["of-field", 1], ["by-mover", 5], ["with-outcome", 4]].map(function (pair) {
    return { field: document.getElementById(pair[0]), column: pair[1] };
  });
  var find = document.getElementById("find");

  function grouped(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, ","); }

  function show() {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, index) {
      var fits = words.every(function (word) { return whole[index].indexOf(word) >= 0; }) &&
        filters.every(function (filter) {
          var wanted = filter.field.value;
          var cell = row.cells[filter.column];
          return !wanted || (cell.firstChild ? cell.firstChild.textContent : "") === wanted;
        });
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = grouped(shown) + " of " + grouped(rows.length) + " rows on this page are shown.";
  }

  // Amounts by their digits, never as binary fractions: sign, then length of the whole part, then sign by sign.
  function amount(text) {
    var match = /^([-\u2212]?)([\d,]+)(?:\.(\d+))?$/.exec(text);
    if (!match) return null;
    var digits = match[2].replace(/,/g, "").replace(/^0+(?=\d)/, "");
    return { minus: match[1] !== "", key: String(digits.length).padStart(3, "0") + digits + "." + (match[3] || "") };
  }

  function compare(left, right) {
    var first = amount(left), second = amount(right);
    if (first && second) {
      if (first.minus !== second.minus) return first.minus ? -1 : 1;
      var way = first.key < second.key ? -1 : first.key > second.key ? 1 : 0;
      return first.minus ? -way : way;
    }
    if (first || second) return first ? -1 : 1;
    return left.localeCompare(right, "en", { numeric: true });
  }

  function sort(header, column) {
    var ascending = header.getAttribute("aria-sort") !== "ascending";
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    order.sort(function (left, right) {
      var way = compare(texts[left][column], texts[right][column]);
      return (ascending ? way : -way) || left - right;
    });
    var all = document.createDocumentFragment();
    order.forEach(function (index) { all.appendChild(rows[index]); });
    body.appendChild(all);
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (header, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.textContent = "";
    header.appendChild(button);
    button.addEventListener("click", function () { sort(header, column); });
  });
  form.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(show, 0); });
  form.hidden = false;
  count.hidden = false;
  show();
})();
