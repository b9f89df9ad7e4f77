import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const STALE_MS = 15_000;
const POLL_MS = 250;

/**
 * Runs `work` while holding the lock file, so that two runs never install or build at once.
 * A lock whose owner is dead, or hasn't touched it for 15 s, is taken over.
 */
export async function withLock(file, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let said = false;
  while (!take(file)) {
    if (isStale(file)) removeStale(file);
    else if (!said) console.error(`Waiting for process ${ownerOf(file)}, which is at it already…`);
    said = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  const release = () => fs.rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** One at a time, and looking again: else the second of two would remove the first one's new lock. */
function removeStale(file) {
  const removal = `${file}.removal`;
  if (!take(removal)) {
    if (isStale(removal)) fs.rmSync(removal, { force: true });
    return;
  }
  if (isStale(file)) fs.rmSync(file, { force: true });
  fs.rmSync(removal, { force: true });
}

function touch(file) {
  const now = new Date();
  try {
    fs.utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isStale(file) {
  const touched = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  const owner = ownerOf(file);
  // An owner that has just taken the lock may not have written its number yet.
  if (owner === 0) return Date.now() - touched > HEARTBEAT_MS;
  return !isAlive(owner) || Date.now() - touched > STALE_MS;
}

function ownerOf(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
