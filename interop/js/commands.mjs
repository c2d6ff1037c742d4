// What a peer can be told to do. Each command takes its arguments and a signal that ends it, and returns its answer.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import { DHT_COMMANDS } from './dht.mjs';
import { echo, serveEcho } from './echo.mjs';
import { startNode } from './node.mjs';

const nodes = [];

export const COMMANDS = {
  async versions() {
    const { version } = JSON.parse(readFileSync(new URL('node_modules/libp2p/package.json', import.meta.url)));
    return { node: process.version, libp2p: version };
  },

  async start(options) {
    const node = await startNode(options);
    nodes.push(node);
    return { node: nodes.length - 1, peer: node.peerId.toString(), addrs: node.getMultiaddrs().map(String) };
  },

  async dial({ node, addr, force = false }, signal) {
    return describe(await nodeOf(node).dial(multiaddr(addr), { signal, force }));
  },

  async hangup({ node, peer }, signal) {
    await nodeOf(node).hangUp(peerIdFromString(peer), { signal });
    return {};
  },

  async connections({ node, peer }) {
    const of = peer == null ? undefined : peerIdFromString(peer);
    return { connections: nodeOf(node).getConnections(of).map(describe) };
  },

  async identify({ node, ...target }, signal) {
    const connection = await connectionTo(node, target, signal);
    const found = await nodeOf(node).services.identify.identify(connection, { signal });
    return {
      peer: found.peerId.toString(),
      protocolVersion: found.protocolVersion ?? null,
      agent: found.agentVersion ?? null,
      protocols: found.protocols,
      listenAddrs: found.listenAddrs.map(String),
      observedAddr: found.observedAddr?.toString() ?? null,
      signedRecord:
        found.signedPeerRecord == null
          ? null
          : { seq: found.signedPeerRecord.seq.toString(), addrs: found.signedPeerRecord.addresses.map(String) }
    };
  },

  async known({ node, peer, protocol }, signal) {
    const id = peerIdFromString(peer);
    let found = await nodeOf(node).peerStore.get(id, { signal });
    while (protocol != null && !found.protocols.includes(protocol)) {
      await sleep(20, undefined, { signal });
      found = await nodeOf(node).peerStore.get(id, { signal });
    }
    const { addresses, protocols, metadata } = found;
    const text = (name) => (metadata.has(name) ? Buffer.from(metadata.get(name)).toString() : null);
    return {
      addrs: addresses.map(({ multiaddr }) => multiaddr.toString()),
      certified: addresses.length > 0 && addresses.every(({ isCertified }) => isCertified),
      protocols,
      agent: text('AgentVersion'),
      protocolVersion: text('ProtocolVersion')
    };
  },

  async discovered({ node, peer }, signal) {
    const id = peerIdFromString(peer);
    while (!(await nodeOf(node).peerStore.has(id, { signal }))) {
      await sleep(20, undefined, { signal });
    }
    const { addresses } = await nodeOf(node).peerStore.get(id, { signal });
    return { addrs: addresses.map(({ multiaddr }) => multiaddr.toString()) };
  },

  async ping({ node, count = 1, ...target }, signal) {
    const ms = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      await nodeOf(node).services.ping.ping(addressOf(target), { signal });
      ms.push(performance.now() - start);
    }
    return { ms };
  },

  async 'echo-client'({ node, protocol, streams, max, seed, ...target }, signal) {
    const connection = await connectionTo(node, target, signal);
    const start = performance.now();
    const bytes = await echo(connection, { protocol, streams, max, seed }, signal);
    return { bytes, ms: performance.now() - start };
  },

  async select({ node, protocols, ...target }, signal) {
    const connection = await connectionTo(node, target, signal);
    const stream = await connection.newStream(protocols, { signal });
    await stream.close({ signal });
    return { protocol: stream.protocol };
  },

  async handle({ node, protocol }) {
    await nodeOf(node).handle(protocol, serveEcho);
    return {};
  },

  async unhandle({ node, protocol }) {
    await nodeOf(node).unhandle(protocol);
    return {};
  },

  ...Object.fromEntries(
    Object.entries(DHT_COMMANDS).map(([name, command]) => [
      name,
      ({ node, ...options }, signal) => command(dhtOf(node), options, signal)
    ])
  ),

  async close({ node }) {
    await nodeOf(node).stop();
    delete nodes[node];
    return {};
  },

  async exit() {
    // After the answer is written.
    setImmediate(() => process.exit(0));
    return {};
  }
};

function nodeOf(number) {
  const node = nodes[number];
  if (node == null) {
    throw new Error(`no node ${number} runs`);
  }
  return node;
}

function dhtOf(number) {
  const { dht } = nodeOf(number).services;
  if (dht == null) {
    throw new Error(`node ${number} was started without dht`);
  }
  return dht;
}

/** Whom a command speaks to: `addr`, or `peer` whose address is known. */
function addressOf({ addr, peer }) {
  return addr == null ? peerIdFromString(peer) : multiaddr(addr);
}

async function connectionTo(node, target, signal) {
  return nodeOf(node).dial(addressOf(target), { signal });
}

function describe(connection) {
  return {
    peer: connection.remotePeer.toString(),
    addr: connection.remoteAddr.toString(),
    direction: connection.direction,
    security: connection.encryption ?? null,
    muxer: connection.multiplexer ?? null,
    streams: connection.streams.length
  };
}
