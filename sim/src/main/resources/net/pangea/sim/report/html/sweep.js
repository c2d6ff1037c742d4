'use strict';
// The page of a sweep: many seeds of one scenario.
if (data.causes.length > 0) {
  section('Why runs did not pass', 'Grouped by what failed; numbers that differ from run to run are written as #.', data.causes.map((cause) => {
    const seeds = 'seeds ' + cause.seeds.join(' ') + (cause.seedsLeftOut > 0 ? ' and ' + cause.seedsLeftOut + ' more' : '');
    return make('div', 'cause', make('h3', '', cause.runs + (cause.runs === 1 ? ' run' : ' runs')), make('p', '', cause.what), make('p', 'dim', cause.first), make('p', 'dim mono', seeds), replayLine(cause.replay));
  }));
}
if (data.reached.length > 0) {
  section('Sometimes', 'What the story should reach: in how many of the ' + data.runs + ' runs it did.', table(['expected', 'reached by', ''], data.reached.map(([name, times]) => {
    const fill = make('i');
    fill.style.width = (100 * times) / data.runs + '%';
    const bar = make('span', 'bar', fill);
    return [name, times === 0 ? make('span', 'says fail', '✕ none: it fails the sweep') : times + ' of ' + data.runs, bar];
  })));
}
section('Figures', 'The mean with its 95 % interval (Student’s t): of a hundred such sweeps, that of ninety-five holds the true mean.',
  table(['figure', 'mean', '± 95 %', 'median', 'least', 'most', 'runs'], data.figures.map((figure) => [figure.name, figure.mean, figure.within, figure.median, figure.least, figure.most, String(figure.runs)]), [1, 2, 3, 4, 5, 6]));

const plots = make('div', 'plots');
const varied = data.figures.filter((figure) => figure.bins.length > 0);
if (varied.length > 0) {
  section('Over seeds', 'Left each run by its seed, right how many runs lie where. Dashed is the mean, the band its 95 % interval.'
    + (varied.length < data.figures.length ? ' Figures that are the same in every run are in the table alone.' : '') + (data.pointsLeftOut > 0 ? ' On the left ' + data.pointsLeftOut + ' runs that passed are left out, since there are so many; the right counts them all.' : ''),
    legend([['blue', 'round', 'passed'], ['fail', 'dot', 'did not pass']]), plots);
}
for (const figure of varied) {
  const format = { duration: (value) => duration(value / 1e6), size, share: (value) => percent(value / 1e4) }[figure.dimension] || count;
  const container = make('div', 'chart');
  plots.append(make('div', 'card', make('h3', '', figure.name), container));
  chart('figure-' + figure.name, container, () => {
    const yAxis = (more) => ({ type: 'value', min: figure.from, max: figure.to, splitNumber: 4, ...axisLooks({ formatter: (value) => (value === figure.from && figure.from !== 0 ? '' : format(value)) }), ...more });
    const points = (passed) => figure.points.filter(([, , ok]) => ok === passed).map(([seed, value]) => [seed, value]);
    return {
      ...looks(),
      grid: [{ left: 66, right: '34%', top: 14, bottom: 26 }, { left: '69%', right: 12, top: 14, bottom: 26 }],
      xAxis: [
        { type: 'value', gridIndex: 0, min: data.seeds[0], max: Math.max(data.seeds[1], data.seeds[0] + 1), minInterval: 1, ...axisLooks({ formatter: (value) => String(value) }), splitLine: { show: false } },
        { type: 'value', gridIndex: 1, min: 0, minInterval: 1, splitNumber: 2, ...axisLooks() },
      ],
      yAxis: [yAxis({ gridIndex: 0 }), yAxis({ gridIndex: 1, axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false } })],
      tooltip: { ...looks().tooltip, trigger: 'item', formatter: (item) => (item.seriesId === 'bins'
        ? tip(format(figure.bins[item.dataIndex][0]) + ' to ' + format(figure.bins[item.dataIndex][1]), [['', figure.bins[item.dataIndex][2] + ' runs']])
        : tip('seed ' + item.value[0], [['', figure.name, format(item.value[1])], ...(item.seriesId === 'failed' ? [['', 'did not pass']] : [])])) },
      series: [
        { type: 'scatter', id: 'passed', symbolSize: 6, data: points(true), itemStyle: { color: color('blue'), opacity: 0.75 },
          markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: color('soft'), type: 'dashed' }, data: [{ yAxis: figure.meanAt }] },
          markArea: { silent: true, itemStyle: { color: color('sky'), opacity: 0.16 }, data: [[{ yAxis: figure.meanAt - figure.withinAt }, { yAxis: figure.meanAt + figure.withinAt }]] } },
        { type: 'scatter', id: 'failed', symbol: 'diamond', symbolSize: 9, data: points(false), itemStyle: { color: color('fail') } },
        { type: 'custom', id: 'bins', xAxisIndex: 1, yAxisIndex: 1, encode: { x: 2, y: [0, 1] }, data: figure.bins,
          renderItem: (params, api) => {
            const low = api.coord([0, api.value(0)]);
            const high = api.coord([api.value(2), api.value(1)]);
            return { type: 'rect', shape: { x: low[0], y: high[1] + 0.5, width: high[0] - low[0], height: Math.max(1, low[1] - high[1] - 1) }, style: { fill: color('blue'), opacity: 0.8 } };
          } },
      ],
    };
  });
}
section('Scenario', 'As it was run with seed ' + data.seeds[0] + '.', make('details', '', make('summary', '', 'Resolved scenario'), make('pre', '', data.resolved)));
main.append(make('footer', '', data.effort));
opened();
