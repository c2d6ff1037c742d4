// Starts js-libp2p nodes and does what it is told: a command is a line of JSON on standard input, and so is its answer on
// standard output. What is logged goes to standard error. README.md lists the commands.
import { setMaxListeners } from 'node:events';
import { createInterface } from 'node:readline';
import { COMMANDS } from './commands.mjs';

const TIMEOUT_MS = 30_000;

console.log = console.error; // a library that prints breaks no answer

process.on('unhandledRejection', (reason) => console.error('unhandled rejection:', reason));

const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
input.on('line', (line) => line.trim() && obey(line));
// Whoever started this process has ended, or wants it to.
input.on('close', () => process.exit(0));

async function obey(line) {
  let id = null;
  try {
    const { id: given, command, timeoutMs = TIMEOUT_MS, ...options } = JSON.parse(line);
    id = given;
    if (!Object.hasOwn(COMMANDS, command)) {
      throw new Error(`no command ${command}, only ${Object.keys(COMMANDS).join(', ')}`);
    }
    answer({ id, ...(await within(timeoutMs, command, COMMANDS[command], options)) });
  } catch (error) {
    console.error(line, error);
    answer({ id, error: `${error.name}: ${error.message}` });
  }
}

/** Runs a command, which is told to stop when its time is over, and is not waited for if it does not. */
async function within(milliseconds, name, command, options) {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`${name} took longer than ${milliseconds} ms`);
      over.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([command(options, over.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function answer(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
