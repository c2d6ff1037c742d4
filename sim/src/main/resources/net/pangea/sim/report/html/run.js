'use strict';
// The page of one run.
const series = data.series;
const endMs = Math.max(data.endMs, series.widthMs);
const at = clock(endMs);
const xs = series.machinesUp.map((_, i) => i * series.widthMs);
const machineRows = data.machines.length;
const isLarge = machineRows > 70;
const plights = [['down', 'down', 'down'], ['starting', 'starting', 'starting'], ['paused', 'amber', 'paused'], ['cut off', 'blue', 'cut off'],
  ['gone', 'gone', 'gone for good'], ['lying', 'purple', 'a liar in its place']];
const plightColor = Object.fromEntries(plights.map(([word, tone]) => [word, tone]));

main.append(replayLine(data.replay));
if (data.checks.length > 0) {
  const checks = table(['', 'expected', 'found'], data.checks.map((check) => {
    const verdict = make('td', 'tight', says(check.verdict));
    return [verdict, make('span', '', check.name, check.about ? make('span', 'dim', ' ' + check.about) : null), check.detail];
  }));
  checks.classList.add('checks');
  section('Checks', '', checks);
}
section('Figures', '', make('dl', 'figures', data.figures.map(([name, text]) => make('div', '', make('dt', '', name), make('dd', '', text)))));
if (data.notRealised.length > 0) {
  section('Not realised', 'What ' + data.executor + ' cannot do of this scenario.', make('ul', '', data.notRealised.map((line) => make('li', '', line))));
}

// ---- when a fault lasted, as bands behind everything that is plotted over time

function bands() {
  const spans = data.faults.map((fault) => [fault.at, Math.max(fault.end === null ? fault.at : fault.end, fault.at + series.widthMs)]).sort((a, b) => a[0] - b[0]);
  const merged = [];
  for (const [from, to] of spans) {
    const last = merged[merged.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to); else merged.push([from, to]);
  }
  const covered = merged.reduce((sum, [from, to]) => sum + to - from, 0);
  return covered > 0.8 * endMs ? [] : merged.slice(0, 300); // of colour everywhere nobody learns anything
}
const faultBands = bands();
const bandArea = () => ({ silent: true, itemStyle: { color: color('band') }, data: faultBands.map(([from, to]) => [{ xAxis: from }, { xAxis: Math.min(to, endMs) }]) });

const timeAxis = (more) => ({ type: 'value', min: 0, max: endMs, ...axisLooks({ formatter: (ms) => (ms === endMs ? '' : at(ms)) }), splitLine: { show: false },
  axisPointer: { label: { show: false } }, ...(more || {}) });
const zoom = (more) => ({ type: 'inside', id: 'time', xAxisIndex: 'all', filterMode: 'none', zoomOnMouseWheel: 'shift', moveOnMouseMove: true, moveOnMouseWheel: false, ...(more || {}) });

// ---- the space-time timeline

function timeline() {
  if (machineRows === 0) return;
  const rows = data.checks.length > 0 ? data.checks : data.expectations.map((one) => ({ ...one, verdict: '' }));
  const rowPx = isLarge ? 0 : Math.max(9, Math.min(20, 620 / machineRows));
  const machinesPx = isLarge ? 560 : Math.round(machineRows * rowPx);
  const checksPx = rows.length * 15;
  const top = 6;
  const between = rows.length > 0 ? 16 : 0;
  const container = make('div', 'chart');
  container.style.height = top + checksPx + between + machinesPx + 70 + 'px';
  const left = 210;
  const used = plights.filter(([word]) => data.away.some((one) => one[1] === word));
  const entries = used.map(([, tone, label]) => [tone, '', label]);
  if (data.faultsOn.some(([, fault]) => data.faults[fault].end !== null)) entries.push(['orange', 'thin', 'a fault on this machine']);
  if (data.faultsOn.some(([, fault]) => data.faults[fault].end === null)) entries.push(['orange', 'dot', 'a fault at one moment']);
  if (rows.length > 0) entries.push(['green', 'thin', 'check holds'], ['fail', 'thin', 'check is broken']);
  section('Timeline', 'Machines by time, and above them the checks. Nothing is drawn where all is well.'
    + (isLarge ? ' Scroll with the bar on the right to read names.' : '') + ' Shift and the wheel, or the bar below, zoom all plots at once; dragging moves them.'
    + leftOut([[data.awayLeftOut, 'further state'], [data.faultsLeftOut, 'further fault'], [data.faultsOnLeftOut, 'further mark of faults']]),
    legend(entries), make('div', 'card', container));

  const checkSpans = [];
  rows.forEach((row, i) => {
    const turn = data.turns.find((one) => one[1] === i && one[0] < endMs);
    const failedAtEnd = !turn && (row.verdict === 'fail' || row.verdict === 'measured');
    const until = turn ? turn[0] : endMs;
    checkSpans.push([i, 0, until, 'hold', turn && turn[2] === 'met' ? 'not met yet' : failedAtEnd ? 'the end decided' : 'holds']);
    if (turn) checkSpans.push([i, until, endMs, turn[2], turn[2] === 'met' ? 'met' : 'broken']);
    if (failedAtEnd) checkSpans.push([i, Math.max(0, endMs - endMs / 150), endMs, 'broken', data.turns.some((one) => one[1] === i) ? 'broken when everything was read back' : 'failed at the end']);
  });
  const tones = { hold: 'green', met: 'blue', broken: 'fail' };

  chart('timeline', container, () => ({
    ...looks(),
    grid: [
      { left, right: isLarge ? 44 : 18, top, height: checksPx },
      { left, right: isLarge ? 44 : 18, top: top + checksPx + between, height: machinesPx },
    ],
    xAxis: [timeAxis({ gridIndex: 0, show: false }), timeAxis({ gridIndex: 1 })],
    yAxis: [
      { type: 'category', gridIndex: 0, inverse: true, data: rows.map((row) => row.name), ...axisLooks({ interval: 0, width: left - 16, overflow: 'truncate', fontSize: 11 }), axisTick: { show: false }, axisLine: { show: false } },
      { type: 'category', gridIndex: 1, inverse: true, data: data.machines, ...axisLooks({ width: left - 16, overflow: 'truncate', fontSize: 11, lineHeight: 19 }), axisTick: { show: false },
        splitLine: { show: !isLarge, lineStyle: { color: color('grid') } } },
    ],
    dataZoom: [
      zoom(),
      { type: 'slider', id: 'time-bar', xAxisIndex: [0, 1], filterMode: 'none', height: 18, bottom: 8, showDataShadow: false, borderColor: color('line'), fillerColor: color('band'), textStyle: { color: color('soft') }, labelFormatter: (ms) => at(ms), brushSelect: false },
      ...(isLarge ? [{ type: 'slider', id: 'rows', yAxisIndex: 1, filterMode: 'weakFilter', width: 16, right: 8, showDataShadow: false, borderColor: color('line'), showDetail: false, brushSelect: false }] : []),
    ],
    tooltip: { ...looks().tooltip, trigger: 'item', formatter: (item) => timelineTip(item) },
    series: [
      { type: 'custom', id: 'checks', name: 'checks', xAxisIndex: 0, yAxisIndex: 0, encode: { x: [1, 2], y: 0 }, data: checkSpans,
        renderItem: (params, api) => bar(params, api, color(tones[checkSpans[params.dataIndex][3]]), 0.36, 0) },
      { type: 'custom', id: 'away', name: 'state', xAxisIndex: 1, yAxisIndex: 1, encode: { x: [1, 2], y: 0 }, clip: true, progressive: 0,
        data: data.away.map(([machine, , from, to]) => [machine, from, to === null ? endMs : to]), markArea: bandArea(),
        renderItem: (params, api) => bar(params, api, color(plightColor[data.away[params.dataIndex][1]]), 0.82, 0) },
      { type: 'custom', id: 'faults', name: 'faults', xAxisIndex: 1, yAxisIndex: 1, encode: { x: [1, 2], y: 0 }, clip: true, progressive: 0,
        data: data.faultsOn.map(([machine, fault]) => [machine, data.faults[fault].at, data.faults[fault].end === null ? data.faults[fault].at : data.faults[fault].end]),
        renderItem: (params, api) => (data.faults[data.faultsOn[params.dataIndex][1]].end === null ? dot(params, api) : bar(params, api, color('orange'), 0.24, 0.29)) },
    ],
  }));
  page.charts.timeline.group = 'time';

  function bar(params, api, fill, share, shift) {
    const from = api.coord([api.value(1), api.value(0)]);
    const to = api.coord([api.value(2), api.value(0)]);
    const row = Math.abs(api.size([0, 1])[1]);
    const height = Math.max(1.2, row * share);
    return { type: 'rect', shape: { x: from[0], y: from[1] - height / 2 + row * shift, width: Math.max(1.5, to[0] - from[0]), height }, style: { fill } };
  }
  function dot(params, api) {
    const [x, y] = api.coord([api.value(1), api.value(0)]);
    const half = Math.max(2, Math.min(4.5, Math.abs(api.size([0, 1])[1]) * 0.4));
    return { type: 'polygon', shape: { points: [[x, y - half], [x + half, y], [x, y + half], [x - half, y]] }, style: { fill: color('orange'), stroke: color('card'), lineWidth: 0.7 } };
  }
  function timelineTip(item) {
    const span = (from, to) => (to === null ? at(from) + ', to the end' : from === to ? duration(from) : duration(from) + ' to ' + duration(to) + ', for ' + duration(to - from));
    if (item.seriesId === 'checks') {
      const [row, from, to, , words] = checkSpans[item.dataIndex];
      return tip(rows[row].name + (rows[row].about ? ' ' + rows[row].about : ''), [['', words], ['', span(from, to)]]);
    }
    if (item.seriesId === 'away') {
      const [machine, word, from, to] = data.away[item.dataIndex];
      return tip(data.machines[machine], [[color(plightColor[word]), word], ['', span(from, to)]]);
    }
    const [machine, number] = data.faultsOn[item.dataIndex];
    const fault = data.faults[number];
    return tip(data.machines[machine], [[color('orange'), fault.fault + ' (' + fault.id + ')'], ['', span(fault.at, fault.end === null ? fault.at : fault.end)]]);
  }
}

function leftOut(counts) {
  const some = counts.filter(([n]) => n > 0).map(([n, noun]) => n + ' ' + noun + (n === 1 ? '' : 's'));
  return some.length === 0 ? '' : ' Left out, since there are so many: ' + some.join(', ') + '.';
}

// ---- plots over time

const plots = make('div', 'plots');

function plot(name, title, note, lines, format, more) {
  if (!lines.some((line) => line.values.some((value) => value !== null))) return;
  const container = make('div', 'chart');
  plots.append(make('div', 'card', make('h3', '', title), make('p', 'note', note), container));
  const options = more || {};
  chart(name, container, () => ({
    ...looks(),
    grid: { left: 76, right: 14, top: 26, bottom: 24 },
    legend: lines.length > 1 ? { top: 0, right: 4, itemWidth: 14, itemHeight: 8, icon: 'roundRect', textStyle: { color: color('soft'), fontSize: 11.5 }, inactiveColor: color('line') } : { show: false },
    xAxis: timeAxis(),
    yAxis: { type: options.log ? 'log' : 'value', min: options.min, max: options.max, ...(options.binary ? binaryTicks(lines) : {}), minInterval: options.whole ? 1 : undefined, scale: options.scale, splitNumber: 4, ...axisLooks({ formatter: format }) },
    dataZoom: [zoom()],
    tooltip: { ...looks().tooltip, trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: color('faint') } }, formatter: (items) => plotTip(lines, format, items) },
    series: lines.map((line, i) => ({
      type: 'line', name: line.name, step: options.steps ? 'end' : false, data: line.values.map((value, n) => [xs[n], value]), connectNulls: options.joined === true,
      showSymbol: options.joined === true && line.values.filter((value) => value !== null).length <= 80, symbolSize: 4, symbol: 'circle', lineStyle: { width: line.bold ? 2 : 1.5, type: line.dash || 'solid' }, color: color(line.tone),
      areaStyle: line.filled ? { opacity: 0.14 } : undefined, emphasis: { disabled: true }, z: lines.length - i,
      markArea: i === 0 ? bandArea() : undefined, markLine: i === 0 && options.limit ? limit(options.limit) : undefined,
    })),
  }));
  page.charts[name].group = 'time';
}

// Kibibytes are round in powers of two, which an axis does not know by itself.
function binaryTicks(lines) {
  const most = Math.max(1, ...lines.flatMap((line) => line.values).filter((value) => value !== null));
  const interval = 2 ** Math.ceil(Math.log2(most / 4));
  return { interval, max: Math.ceil(most / interval) * interval };
}

const limit = (line) => ({ silent: true, symbol: 'none', lineStyle: { color: color('fail'), type: 'dashed' }, label: { formatter: line.label, color: color('fail'), position: 'insideEndTop', fontSize: 11 }, data: [{ yAxis: line.at }] });

function plotTip(lines, format, items) {
  if (items.length === 0) return '';
  const n = items[0].dataIndex;
  return tip(at(xs[n]) + ' – ' + at(xs[n] + series.widthMs), items.map((item) => [item.color, item.seriesName, item.value[1] === null || item.value[1] === undefined ? '–' : format(item.value[1])]));
}

const perSecond = (values) => values.map((value) => (value * 1000) / series.widthMs);
const rate = (format) => (value) => format(value) + '/s';
const pick = (name, field) => series[name].map((value) => (value === null ? null : value[field]));
const some = (values) => values.some((value) => value > 0);

function drawPlots() {
  if (xs.length === 0) return;
  section('Over time', 'Each point is ' + duration(series.widthMs) + ' of the run. ' + (faultBands.length > 0 ? 'A band of colour says that a fault lasts. ' : '') + (data.margin ? 'A stripe is a segment as ' + data.shards.data + '+' + data.shards.parity + ' shards; any ' + data.shards.data + ' give it back. What holds is what nodes have told: rot counts once it is found.' : ''), plots);
  plot('availability', 'Availability', 'gets that gave what was put', [{ name: 'answered', tone: 'green', filled: true, bold: true, values: series.gets.map((ok, i) => (ok + series.getsFailed[i] === 0 ? null : (100 * ok) / (ok + series.getsFailed[i]))) }], percent, { min: 0, max: 100, joined: true });
  plot('margin', 'Stripe margin', 'shards that a stripe can lose before it is lost, at the worst moment', [
    { name: 'worst', tone: 'fail', bold: true, values: pick('margin', 0) }, { name: 'worst twentieth', tone: 'amber', values: pick('margin', 1), dash: 'dashed' }, { name: 'median', tone: 'blue', values: pick('margin', 2) }],
    count, { whole: true, steps: true, limit: { at: 0, label: 'none to lose' }, max: (value) => Math.max(1, value.max) });
  plot('shards', 'Shards alive', 'of all stripes, on machines that run; the line above is what there should be', [
    { name: 'alive', tone: 'blue', filled: true, bold: true, values: data.margin ? series.shardsAlive : series.shardsAlive.map(() => null) },
    { name: 'wanted', tone: 'grey', dash: 'dashed', values: data.margin ? series.stripes.map((stripes) => stripes * (data.shards.data + data.shards.parity)) : series.stripes.map(() => null) }], count, { min: 0, steps: true });
  plot('machines', 'Machines up', 'nodes that run, the fewest at any moment', [{ name: 'up', tone: 'blue', filled: true, bold: true, values: series.machinesUp }], count, { min: 0, whole: true, steps: true });
  plot('repair', 'Repair traffic', 'bytes that repairs have fetched and stored', [{ name: 'repair', tone: 'orange', filled: true, values: some(series.repairs) ? perSecond(series.repairBytes) : series.repairs.map(() => null) }], rate(size), { min: 0, binary: true });
  plot('get-latency', 'Get latency', 'percentiles of gets that ended then', latencies('getLatency'), duration, { log: true, joined: true });
  plot('put-latency', 'Put latency', 'percentiles of puts that were acknowledged then', latencies('putLatency'), duration, { log: true, joined: true });
  plot('hops', 'DHT hops', 'requests that a lookup took, one after the other', [{ name: 'mean', tone: 'blue', bold: true, values: pick('hops', 0) }, { name: 'most', tone: 'amber', values: pick('hops', 1) }], count, { min: 0, joined: true });
  plot('users', 'What users moved', 'bytes of puts and gets that ended then', [
    { name: 'stored', tone: 'purple', values: some(series.puts) ? perSecond(series.bytesStored) : series.puts.map(() => null) }, { name: 'read', tone: 'green', values: some(series.gets) ? perSecond(series.bytesRead) : series.gets.map(() => null) }], rate(size), { min: 0, binary: true });
  const counts = [{ name: 'events', tone: 'blue', bold: true, values: perSecond(series.events) }];
  if (some(series.messages)) counts.push({ name: 'messages', tone: 'amber', values: perSecond(series.messages) });
  plot('effort', some(series.messages) ? 'Events and messages' : 'Events', some(series.messages) ? 'of the engine, and between machines, for a second of virtual time' : 'that nodes told, for a second', counts, rate(count), { min: 0 });
}

function latencies(name) {
  return [['p50', 'blue'], ['p90', 'green'], ['p99', 'amber'], ['max', 'fail']].map(([percentile, tone], i) => ({ name: percentile, tone, bold: i === 0, values: pick(name, i) }));
}

// ---- who holds what

function map() {
  const { stripes, held } = data.map;
  if (stripes.length === 0) return;
  const total = data.shards.data + data.shards.parity;
  const names = stripes.map((stripe) => stripe.object + (stripe.segments > 1 ? ' #' + stripe.segment : ''));
  const slider = make('input');
  Object.assign(slider, { type: 'range', min: 0, max: 1000, value: 1000 });
  slider.setAttribute('aria-label', 'Moment of the run');
  const moment = make('output');
  const play = make('button', '', 'Play');
  play.type = 'button';
  const container = make('div', 'chart');
  const rowPx = Math.max(13, Math.min(20, 640 / stripes.length));
  container.style.height = Math.round(stripes.length * rowPx) + 96 + 'px';
  section('Who holds what', 'Rows are segments of the first objects that were acknowledged, columns are machines; the number is the living shards of the ' + total + '.' + leftOut([[data.map.stripesLeftOut, 'segment'], [data.map.heldLeftOut, 'shard']]),
    make('div', 'moment', play, slider, moment),
    legend([['blue', '', 'holds a shard'], ['purple', '', 'holds several'], ['down', 'hollow', 'holds one, but does not run']]), make('div', 'card', container));
  const unrunning = data.away.filter(([, word]) => ['down', 'gone', 'lying'].includes(word));

  function cells(ms) {
    const off = new Set(unrunning.filter(([, , from, to]) => from <= ms && (to === null || ms < to)).map(([machine]) => machine));
    const found = new Map();
    for (const [stripe, column, machine, from, to] of held) {
      if (from <= ms && (to === null || ms < to)) {
        const key = stripe * machineRows + machine;
        const cell = found.get(key) || { stripe, machine, columns: [], since: from, runs: !off.has(machine) };
        cell.columns.push(column);
        found.set(key, cell);
      }
    }
    return [...found.values()];
  }

  let shown = [];
  let alive = [];
  const instance = chart('map', container, () => {
    const ms = (slider.value / 1000) * endMs;
    moment.textContent = duration(Math.round(ms));
    shown = cells(ms);
    alive = stripes.map((_, stripe) => new Set(shown.filter((cell) => cell.stripe === stripe && cell.runs).flatMap((cell) => cell.columns)).size);
    return {
      ...looks(),
      grid: { left: 190, right: 60, top: 6, bottom: 84 },
      xAxis: { type: 'category', data: data.machines, ...axisLooks({ rotate: 55, fontSize: 10.5 }), axisTick: { show: false }, splitLine: { show: machineRows <= 70, lineStyle: { color: color('grid') } } },
      yAxis: [
        { type: 'category', inverse: true, data: names, ...axisLooks({ width: 176, overflow: 'truncate', fontSize: 11, interval: 0 }), axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: color('grid') } } },
        { type: 'category', inverse: true, position: 'right', data: alive.map((n, i) => (stripes[i].at > ms && n === 0 ? '' : String(n))), axisLine: { show: false }, axisTick: { show: false },
          axisLabel: { interval: 0, fontSize: 11, color: (text, i) => (text !== '' && alive[i] < data.shards.data ? color('fail') : alive[i] < total ? color('amber') : color('soft')) } },
      ],
      dataZoom: [{ type: 'slider', xAxisIndex: 0, height: 14, bottom: 4, showDataShadow: false, borderColor: color('line'), showDetail: false, brushSelect: false, show: machineRows > 40 }],
      tooltip: { ...looks().tooltip, trigger: 'item', formatter: (item) => mapTip(shown[item.dataIndex]) },
      series: [
        { type: 'custom', name: 'shards', encode: { x: 0, y: 1 }, data: shown.map((cell) => [cell.machine, cell.stripe]), renderItem: (params, api) => square(shown[params.dataIndex], api) },
        { type: 'bar', yAxisIndex: 1, data: [], silent: true }, // an axis without a series is not drawn
      ],
    };
  });
  function square(cell, api) {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const [width, height] = api.size([1, 1]);
    const w = Math.max(2.5, Math.min(22, width * 0.8));
    const h = Math.max(2.5, height * 0.72);
    const shape = { x: x - w / 2, y: y - h / 2, width: w, height: h, r: w > 6 ? 2 : 0 };
    return { type: 'rect', shape, style: cell.runs ? { fill: color(cell.columns.length > 1 ? 'purple' : 'blue') } : { fill: 'transparent', stroke: color('down'), lineWidth: 1.2 } };
  }
  function mapTip(cell) {
    const many = cell.columns.length > 1;
    return tip(names[cell.stripe], [['', (many ? 'shards ' : 'shard ') + cell.columns.sort((a, b) => a - b).join(', ') + ' on ' + data.machines[cell.machine]],
      ['', 'since ' + duration(cell.since)], ...(cell.runs ? [] : [['', 'which does not run']]), ['', alive[cell.stripe] + ' of ' + total + ' alive']]);
  }
  const redraw = drawn[drawn.length - 1].draw;
  slider.addEventListener('input', redraw);
  let timer = 0;
  play.addEventListener('click', () => {
    if (timer) { clearInterval(timer); timer = 0; play.textContent = 'Play'; return; }
    if (Number(slider.value) >= 1000) slider.value = 0;
    play.textContent = 'Pause';
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 5;
      redraw();
      if (Number(slider.value) >= 1000) { clearInterval(timer); timer = 0; play.textContent = 'Play'; }
    }, 60);
  });
  return instance;
}

timeline();
drawPlots();
map();
echarts.connect('time');

if (data.faults.length > 0) {
  const shown = data.faults.slice(0, 200);
  const who = (fault) => (fault.machines.length === 0 ? 'nobody' : fault.machines.join(' ')) + (fault.machinesLeftOut > 0 ? ' and ' + fault.machinesLeftOut + ' more' : '');
  const rest = data.faults.length + data.faultsLeftOut - shown.length;
  section('Faults', '', make('details', '', make('summary', '', data.faults.length + data.faultsLeftOut + (data.faults.length + data.faultsLeftOut === 1 ? ' fault' : ' faults')),
    table(['at', 'until', 'fault', 'machines', 'spared by the budget'], shown.map((fault) => [duration(fault.at), fault.end === null ? '' : duration(fault.end), fault.fault, who(fault), fault.spared.join(' ')])),
    rest > 0 ? make('p', 'note', 'and ' + rest + ' more, which the file of --json has') : null));
}
section('Scenario', 'As it was run, with all that the seed decided: a valid file that gives the same run.', make('details', '', make('summary', '', 'Resolved scenario'), make('pre', '', data.resolved)));
main.append(make('footer', '', data.effort + (data.traceHash ? ' · trace ' + data.traceHash : '') + (data.series.hasHops ? '' : ' · DHT hops are plotted of runs whose users look keys up (workload lookup)')));
opened();
