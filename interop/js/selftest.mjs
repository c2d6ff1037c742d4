// Lets js-libp2p peers speak to each other through the commands: where this fails, the installation is broken, or this
// script, and not what it is there to test. Prints a line per check; ends with 0 when all passed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const ECHO = '/pangea/test/echo/1.0.0';
const SMALL = 16 * 1024;

/** A process that runs peer.mjs. */
class Peers {
  #process = spawn(process.execPath, [new URL('peer.mjs', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', process.argv.includes('--verbose') ? 'inherit' : 'ignore']
  });
  #waiting = new Map();
  #id = 0;
  ended = new Promise((resolve) => this.#process.on('exit', resolve));

  constructor() {
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line);
      this.#waiting.get(id)(answer);
      this.#waiting.delete(id);
    });
  }

  async call(command, options = {}) {
    const id = ++this.#id;
    const answer = await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#process.stdin.write(`${JSON.stringify({ id, command, ...options })}\n`);
    });
    if (answer.error != null) {
      throw new Error(`${command}: ${answer.error}`);
    }
    return answer;
  }

  async start(options = {}) {
    const started = await this.call('start', options);
    return {
      ...started,
      addr: started.addrs[0],
      call: (command, more) => this.call(command, { node: started.node, ...more })
    };
  }

  endInput() {
    this.#process.stdin.end();
    return this.ended;
  }
}

async function check(name, body) {
  const start = performance.now();
  await body();
  console.log(`ok  ${name}  ${Math.round(performance.now() - start)} ms`);
}

async function twoPeers(here, there, options, max = 1 << 20) {
  const a = await here.start(options);
  const b = await there.start(options);

  const dialled = await a.call('dial', { addr: b.addr });
  assert.equal(dialled.peer, b.peer);
  assert.equal(dialled.direction, 'outbound');
  const [accepted] = (await b.call('connections')).connections;
  assert.equal(accepted.peer, a.peer);
  assert.equal(accepted.direction, 'inbound');

  const identified = await b.call('identify', { peer: a.peer });
  assert.equal(identified.peer, a.peer);
  assert.equal(identified.protocolVersion, 'ipfs/0.1.0');
  assert.match(identified.agent, /libp2p/);
  assert.ok(identified.protocols.includes(ECHO));
  assert.deepEqual(identified.listenAddrs, identified.signedRecord.addrs);
  assert.ok(a.addr.startsWith(identified.listenAddrs[0]));
  assert.ok(identified.observedAddr.startsWith('/ip4/127.0.0.1/'));

  assert.equal((await a.call('ping', { addr: b.addr, count: 3 })).ms.length, 3);
  assert.equal((await a.call('select', { peer: b.peer, protocols: ['/none/1', ECHO] })).protocol, ECHO);
  await assert.rejects(a.call('select', { peer: b.peer, protocols: ['/none/1'] }), /UnsupportedProtocol/);

  const forth = await a.call('echo-client', { addr: b.addr, streams: 200, max, seed: 7 });
  const back = await b.call('echo-client', { peer: a.peer, streams: 20, max, seed: 8 });
  assert.ok(forth.bytes > 200 * 0.3 * max && back.bytes > 0);

  await b.call('handle', { protocol: '/new/1' });
  assert.ok((await a.call('known', { peer: b.peer, protocol: '/new/1' })).certified);
  await b.call('unhandle', { protocol: '/new/1' });

  await a.call('hangup', { peer: b.peer });
  assert.deepEqual((await a.call('connections')).connections, []);
  await a.call('close');
  await b.call('close');
  await assert.rejects(a.call('connections'), /no node/);
  return { dialled, accepted };
}

async function kademlia(here, there) {
  const nodes = [];
  for (let i = 0; i < 5; i++) {
    nodes.push(await (i < 3 ? here : there).start({ dht: true, transport: i % 2 ? ['quic', 'tcp'] : 'tcp' }));
  }
  const [first, ...others] = nodes;
  await Promise.all(others.map((node) => node.call('dial', { addr: first.addr })));
  await first.call('wait-for-peers', { count: 4 });
  await Promise.all(others.map((node) => node.call('wait-for-peers', { count: 1 })));
  await Promise.all(nodes.map((node) => node.call('refresh')));
  const last = nodes[4];

  const hex = (text) => Buffer.from(text).toString('hex');
  const put = await nodes[1].call('put', { key: hex('/x/key'), value: hex('value') });
  assert.ok(put.stored.length >= 1, JSON.stringify(put));
  assert.equal((await last.call('get', { key: hex('/x/key') })).value, hex('value'));
  assert.equal((await last.call('get', { key: hex('/x/other') })).value, null);
  await nodes[2].call('put', { key: hex('/x/key'), value: hex('walue') });
  assert.equal((await first.call('get', { key: hex('/x/key') })).value, hex('walue'));

  const key = `1220${createHash('sha256').update('content').digest('hex')}`;
  assert.ok((await nodes[1].call('provide', { key })).told.length >= 1);
  const { providers } = await last.call('find-providers', { key });
  assert.deepEqual(providers.map(({ peer }) => peer), [nodes[1].peer]);
  const { found } = await last.call('find-peer', { peer: nodes[2].peer });
  assert.ok(found.addrs.length > 0 && nodes[2].addr.startsWith(found.addrs[0]));
  const { peers } = await last.call('closest', { key });
  assert.ok(peers.length >= 3, JSON.stringify(peers));
  assert.ok((await last.call('routing-table')).size >= 3);
  assert.equal((await last.call('set-mode', { mode: 'client' })).mode, 'client');
  await assert.rejects(last.call('wait-for-peers', { count: 99, timeoutMs: 100 }), /longer than 100 ms/);
}

const here = new Peers();
const there = new Peers();
console.log(await here.call('versions'));
await check('TCP, Noise with early muxer negotiation', async () => {
  const { dialled } = await twoPeers(here, there, {});
  assert.equal(dialled.security, '/noise');
  assert.equal(dialled.muxer, '/yamux/1.0.0');
});
await check('TCP, Noise without it', () => twoPeers(here, there, { earlyMuxer: false }, SMALL));
await check('TCP, TLS', async () => {
  const { dialled } = await twoPeers(here, there, { security: 'tls' });
  assert.equal(dialled.security, '/tls/1.0.0');
});
await check('TCP, TLS without early muxer negotiation', () => twoPeers(here, there, { security: 'tls', earlyMuxer: false }, SMALL));
await check('QUIC', () => twoPeers(here, there, { transport: 'quic' }));
for (const key of ['RSA', 'secp256k1']) {
  await check(`an identity of type ${key}`, () => twoPeers(here, there, { key }, SMALL));
}
await check('an identity from a seed', async () => {
  const { peer } = await here.start({ seed: '00'.repeat(32) });
  assert.equal(peer, '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN');
});
await check('Kademlia with five nodes', () => kademlia(here, there));
await check('a process ends with its input, or when told', async () => {
  await here.call('exit');
  assert.equal(await here.ended, 0);
  assert.equal(await there.endInput(), 0);
});
