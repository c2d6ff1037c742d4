'use strict';
// What the pages of runs and of sweeps share. Every text of a scenario goes through textContent: none of it is ever HTML.
const data = JSON.parse(document.getElementById('data').textContent);
const main = document.getElementById('main');
const page = { charts: {} }; // what a test or a console may ask
window.pangeaReport = page;

function make(tag, classes, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
  return element;
}

function section(title, note, ...children) {
  const made = make('section', '', make('h2', '', title), note ? make('p', 'note', note) : null, ...children);
  main.append(made);
  return made;
}

function table(heads, rows, numbers = []) {
  const cell = (tag, content, i) => make(tag, numbers.includes(i) ? 'number' : '', content);
  return make('table', '', make('thead', '', make('tr', '', heads.map((head, i) => cell('th', head, i)))),
    make('tbody', '', rows.map((row) => make('tr', '', row.map((content, i) =>
      content instanceof HTMLTableCellElement ? content : cell('td', content, i))))));
}

function replayLine(command) {
  const button = make('button', '', 'Copy');
  button.type = 'button';
  button.addEventListener('click', () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(command) : Promise.reject(new Error('no clipboard'));
    copied.then(() => { button.textContent = 'Copied'; }, () => { getSelection().selectAllChildren(code); button.textContent = 'Selected'; });
  });
  const code = make('code', '', command);
  return make('div', 'replay', code, button);
}

const colors = new Map(); // asking for a style takes longer than drawing with it
function color(name) {
  if (!colors.has(name)) colors.set(name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  return colors.get(name);
}

// ---- quantities

const digits = (value, most) => Number(value.toFixed(most)).toString();

function duration(ms) {
  if (ms === 0) return '0 s';
  if (ms < 1) return digits(ms * 1000, 0) + ' µs';
  if (ms < 1000) return digits(ms, ms < 10 ? 2 : 0) + ' ms';
  if (ms < 60000) return digits(ms / 1000, 2) + ' s';
  const seconds = Math.round(ms / 1000);
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'm'], [seconds % 60, 's']];
  return parts.filter(([n]) => n > 0).slice(0, 3).map(([n, unit]) => n + unit).join(' ');
}

function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) { bytes /= 1024; unit++; }
  return digits(bytes, unit === 0 ? 0 : 2) + ' ' + units[unit];
}

function count(value) {
  if (Math.abs(value) >= 1e6) return digits(value / 1e6, 2) + ' M';
  if (Math.abs(value) >= 1e4) return digits(value / 1e3, 1) + ' k';
  return digits(value, Math.abs(value) < 10 ? 2 : 0);
}

const percent = (value) => digits(value, 2) + ' %';

// Of an axis: one unit for all of it, from its length.
function clock(endMs) {
  if (endMs < 180000) return (ms) => digits(ms / 1000, endMs < 10000 ? 1 : 0) + ' s';
  const two = (n) => String(n).padStart(2, '0');
  if (endMs < 7200000) return (ms) => Math.floor(ms / 60000) + ':' + two(Math.round(ms / 1000) % 60);
  return (ms) => Math.floor(ms / 3600000) + 'h' + two(Math.round(ms / 60000) % 60);
}

// ---- charts

const drawn = []; // how to draw each again, when light becomes dark

function chart(name, container, options) {
  const instance = echarts.init(container, null, { renderer: 'canvas' });
  const draw = () => instance.setOption(options(), true);
  draw();
  drawn.push({ instance, draw });
  page.charts[name] = instance;
  return instance;
}

function tip(title, rows) {
  return make('div', 'tip', make('b', '', title), make('table', '', rows.map(([swatch, label, value]) => {
    const mark = swatch ? make('i') : null;
    if (mark) mark.style.background = swatch;
    return make('tr', '', make('td', '', mark, label), make('td', '', value === undefined ? '' : value));
  })));
}

const looks = () => ({
  animation: false,
  aria: { enabled: true },
  textStyle: { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif', color: color('soft') },
  tooltip: {
    confine: true, transitionDuration: 0, backgroundColor: color('card'), borderColor: color('line'), padding: [7, 10],
    textStyle: { color: color('ink'), fontSize: 12.5 }, extraCssText: 'box-shadow: 0 3px 14px rgba(0,0,0,.16);',
  },
});

const axisLooks = (more) => ({
  axisLine: { lineStyle: { color: color('line') } }, axisTick: { lineStyle: { color: color('line') } },
  axisLabel: { color: color('soft'), fontSize: 11.5, hideOverlap: true, ...(more || {}) },
  splitLine: { lineStyle: { color: color('grid') } },
});

function legend(entries) {
  return make('div', 'legend', entries.map(([swatch, shape, label]) => {
    const mark = make('i', shape);
    if (shape === 'hollow') mark.style.color = 'var(--' + swatch + ')'; else mark.style.background = 'var(--' + swatch + ')';
    return make('span', '', mark, label);
  }));
}

let resizing = 0;
addEventListener('resize', () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(() => drawn.forEach(({ instance }) => instance.resize()));
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  colors.clear();
  drawn.forEach(({ draw }) => draw());
});

// Called at the end by each page: paints now, so that the time until then is the time to open.
function opened() {
  drawn.forEach(({ instance }) => instance.getZr().flush());
  page.openedMs = performance.now();
}

const verdictMark = { pass: '✓', fail: '✕', unreached: '○', measured: '≈' };

function says(verdict) {
  return make('span', 'says ' + verdict, verdictMark[verdict] + ' ' + verdict);
}
