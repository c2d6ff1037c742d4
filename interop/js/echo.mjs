// The protocol that sends back what it gets until the other side has closed its half, and a client that checks it.
import { createHash } from 'node:crypto';

export const ECHO = '/pangea/test/echo/1.0.0';

// The library allows 32 to come in and 64 to go out on a connection.
export const ECHO_STREAMS = { maxInboundStreams: 4096, maxOutboundStreams: 4096 };

const CHUNK = 64 * 1024;

/** Sends back what comes; while the stream takes no more, it reads no more. */
export async function serveEcho(stream) {
  try {
    await reading(stream, (data) => send(stream, data));
    await stream.close();
  } catch (error) {
    stream.abort(error);
  }
}

/** Echoes on `count` streams at once, each with up to `max` bytes of its own, and returns how many bytes came back. */
export async function echo(connection, { protocol = ECHO, streams: count = 1, max = 1 << 20, seed = 1 }, signal) {
  const random = randomBelow(seed);
  const sizes = Array.from({ length: count }, () => random(max + 1));
  await Promise.all(sizes.map((size, i) => echoOnce(connection, protocol, bytes(`${seed}/${i}`, size), signal)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function echoOnce(connection, protocol, sent, signal) {
  const stream = await connection.newStream(protocol, { ...ECHO_STREAMS, signal });
  signal.addEventListener('abort', () => stream.abort(signal.reason), { once: true });
  try {
    let received = 0;
    const back = reading(stream, (data) => {
      const expected = sent.subarray(received, received + data.byteLength);
      if (!expected.equals(data.subarray())) {
        throw new Error(`wrong bytes after ${received} of ${sent.length}`);
      }
      received += data.byteLength;
    });
    // If reading fails, writing does too, and is the one waited for.
    back.catch((error) => stream.abort(error));
    for (let i = 0; i < sent.length; i += CHUNK) {
      await send(stream, sent.subarray(i, i + CHUNK));
    }
    await stream.close();
    await back;
    if (received !== sent.length) {
      throw new Error(`${received} of ${sent.length} bytes came back`);
    }
  } catch (error) {
    stream.abort(error);
    throw error;
  }
}

/**
 * Hands every message of a stream to `take`, one after the other, until the other side has closed its half. Not the
 * stream's own iterator, which ends early when the other half closes while it is paused, and buffers without a bound
 * when it is not.
 */
function reading(stream, take) {
  return new Promise((resolve, reject) => {
    let taking = Promise.resolve();
    const end = () => {
      const broken = stream.status === 'reset' || stream.status === 'aborted';
      taking.then(() => (broken ? reject(new Error(`stream was ${stream.status}`)) : resolve()), reject);
    };
    stream.addEventListener('end', end, { once: true });
    stream.addEventListener('close', ({ error }) => error && reject(error), { once: true });
    stream.addEventListener('message', ({ data }) => {
      stream.pause();
      taking = taking.then(() => take(data));
      taking.then(() => stream.readStatus === 'paused' && stream.resume()).catch(reject);
    });
    if (stream.readableEnded) {
      end();
    }
  });
}

async function send(stream, data) {
  if (!stream.send(data)) {
    await stream.onDrain();
  }
}

/** A generator of integers: the same for the same seed. */
function randomBelow(seed) {
  let n = 0;
  return (bound) => Number(createHash('sha256').update(`${seed}:${n++}`).digest().readBigUInt64BE() % BigInt(bound));
}

function bytes(seed, length) {
  return createHash('shake128', { outputLength: Math.max(1, length) }).update(seed).digest().subarray(0, length);
}
