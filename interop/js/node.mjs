// One js-libp2p node, with what a test on one computer needs and the library's own defaults everywhere else.
import { quic } from '@chainsafe/libp2p-quic';
import { generateKeyPair, generateKeyPairFromSeed } from '@libp2p/crypto/keys';
import { identify, identifyPush } from '@libp2p/identify';
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht';
import { mdns as multicast } from '@libp2p/mdns';
import { noise } from '@libp2p/noise';
import { ping } from '@libp2p/ping';
import { tcp } from '@libp2p/tcp';
import { tls } from '@libp2p/tls';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { ECHO, ECHO_STREAMS, serveEcho } from './echo.mjs';

// Above what a test opens at once: by default a node takes 5 connections a second and 10 unfinished ones.
const MANY = 4096;

// For 200 streams at once on a busy computer; by default 10 s.
const PATIENCE_MS = 30_000;

const TRANSPORTS = {
  tcp: { create: () => tcp(), listen: '/ip4/127.0.0.1/tcp/0' },
  quic: { create: () => quic(), listen: '/ip4/127.0.0.1/udp/0/quic-v1' }
};

const SECURITY = { noise, tls };

/** Starts a node as the command `start` describes it: README.md. */
export async function startNode({
  transport = 'tcp',
  security = 'noise',
  earlyMuxer = true,
  listen,
  key = 'Ed25519',
  seed,
  dht = false,
  dhtProtocol = '/ipfs/kad/1.0.0',
  mdns
}) {
  const transports = [transport].flat().map((name) => known(TRANSPORTS, name));
  const node = await createLibp2p({
    privateKey: await privateKey(key, seed),
    addresses: { listen: [listen ?? transports.map(({ listen }) => listen)].flat() },
    transports: transports.map(({ create }) => create()),
    connectionEncrypters: [security].flat().map((name) => channel(known(SECURITY, name), earlyMuxer)),
    streamMuxers: [yamux()],
    peerDiscovery: mdns == null ? [] : [multicast(mdns)],
    connectionGater: { denyDialMultiaddr: () => false },
    // Its pings wait behind hundreds of busy streams; where the computer is busy too, it takes the other side for dead.
    connectionMonitor: { abortConnectionOnPingFailure: false },
    connectionManager: {
      inboundConnectionThreshold: MANY,
      maxConnections: MANY,
      maxIncomingPendingConnections: MANY,
      inboundStreamProtocolNegotiationTimeout: PATIENCE_MS,
      outboundStreamProtocolNegotiationTimeout: PATIENCE_MS,
      reconnectRetries: 0
    },
    services: {
      // Every connection is identified by itself; the command `identify` may ask at the same time.
      identify: identify({ maxInboundStreams: 8, maxOutboundStreams: 8 }),
      identifyPush: identifyPush(),
      // An end of ours that comes by itself waits for an acknowledgement; by default there is one outgoing ping at a time.
      ping: ping({ maxInboundStreams: 8, maxOutboundStreams: 8 }),
      ...(dht ? { dht: dhtService(dhtProtocol) } : {})
    }
  });
  await node.handle(ECHO, serveEcho, ECHO_STREAMS);
  if (dht) {
    await node.services.dht.setMode('server');
  }
  return node;
}

function dhtService(protocol) {
  return kadDHT({
    protocol,
    clientMode: false,
    peerInfoMapper: passthroughMapper, // the default drops private addresses
    allowQueryWithZeroPeers: true,
    validators: { x: validate },
    selectors: { x: select }
  });
}

/** A value of namespace `x` may be anything but empty and `invalid`. */
async function validate(key, value) {
  if (value.length === 0 || Buffer.from(value).toString() === 'invalid') {
    throw new Error('invalid value');
  }
}

/** The greatest value wins, compared as bytes. */
function select(key, values) {
  return values.reduce((best, value, i) => (Buffer.compare(value, values[best]) > 0 ? i : best), 0);
}

/** A secure channel which, unless `earlyMuxer`, leaves the muxer to a negotiation of its own. */
function channel(create, earlyMuxer) {
  return (components) => {
    const encrypter = create()(components);
    if (!earlyMuxer) {
      for (const secure of ['secureInbound', 'secureOutbound']) {
        const original = encrypter[secure].bind(encrypter);
        encrypter[secure] = (connection, options) =>
          original(connection, { ...options, skipStreamMuxerNegotiation: true });
      }
    }
    return encrypter;
  };
}

async function privateKey(type, seed) {
  return seed == null ? generateKeyPair(type) : generateKeyPairFromSeed('Ed25519', Buffer.from(seed, 'hex'));
}

function known(values, name) {
  if (!Object.hasOwn(values, name)) {
    throw new Error(`${name} is none of ${Object.keys(values).join(', ')}`);
  }
  return values[name];
}
