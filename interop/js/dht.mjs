// The commands about Kademlia. Keys and values are hexadecimal; a provided key is a CID, or a multihash in hexadecimal.
import { setTimeout as sleep } from 'node:timers/promises';
import { peerIdFromString } from '@libp2p/peer-id';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';

const RAW = 0x55;

export const DHT_COMMANDS = {
  async put(dht, { key, value }, signal) {
    const stored = [];
    const failed = [];
    for await (const event of dht.put(fromHex(key), fromHex(value), { signal })) {
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE') {
        stored.push(event.from.toString());
      } else if (event.name === 'QUERY_ERROR') {
        failed.push(failure(event));
      }
    }
    return { stored, failed };
  },

  async get(dht, { key }, signal) {
    let best = null;
    for await (const event of dht.get(fromHex(key), { signal })) {
      if (event.name === 'VALUE') {
        best = event; // the last one is the best
      }
    }
    return { value: best && Buffer.from(best.value).toString('hex'), from: best && best.from.toString() };
  },

  async provide(dht, { key, cid }, signal) {
    const told = [];
    const failed = [];
    for await (const event of dht.provide(contentId(key, cid), { signal })) {
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'ADD_PROVIDER') {
        told.push(event.from.toString());
      } else if (event.name === 'QUERY_ERROR') {
        failed.push(failure(event));
      }
    }
    return { told, failed };
  },

  async 'find-providers'(dht, { key, cid }, signal) {
    const providers = new Map();
    for await (const event of dht.findProviders(contentId(key, cid), { signal })) {
      if (event.name === 'PROVIDER') {
        event.providers.forEach((provider) => providers.set(provider.id.toString(), described(provider)));
      }
    }
    return { providers: [...providers.values()] };
  },

  async 'find-peer'(dht, { peer }, signal) {
    for await (const event of dht.findPeer(peerIdFromString(peer), { signal })) {
      if (event.name === 'FINAL_PEER') {
        return { found: described(event.peer) };
      }
    }
    return { found: null };
  },

  async closest(dht, { key }, signal) {
    const peers = [];
    for await (const event of dht.getClosestPeers(fromHex(key), { signal })) {
      if (event.name === 'FINAL_PEER') {
        peers.push(described(event.peer));
      }
    }
    return { peers };
  },

  async 'routing-table'(dht) {
    return { size: dht.routingTable.size };
  },

  async 'wait-for-peers'(dht, { count }, signal) {
    while (dht.routingTable.size < count) {
      await sleep(20, undefined, { signal });
    }
    return { size: dht.routingTable.size };
  },

  async refresh(dht, options, signal) {
    await dht.refreshRoutingTable({ signal });
    return { size: dht.routingTable.size };
  },

  async 'set-mode'(dht, { mode }, signal) {
    await dht.setMode(mode, { signal });
    return { mode: dht.getMode() };
  }
};

function described({ id, multiaddrs }) {
  return { peer: id.toString(), addrs: multiaddrs.map(String) };
}

function failure({ from, error }) {
  return { peer: from.toString(), error: error.message };
}

function contentId(key, cid) {
  return cid == null ? CID.createV1(RAW, Digest.decode(fromHex(key))) : CID.parse(cid);
}

function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/i.test(text)) {
    throw new Error(`not hexadecimal: ${text}`);
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}
