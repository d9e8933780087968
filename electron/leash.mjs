/** Loaded into the core with `--import`: when `npm start` is gone, however it went, the core ends too. */
import { isMainThread } from 'node:worker_threads'

// The core's threads load this too, and their own standard input is closed from the first.
if (isMainThread) {
  process.stdin.resume()
  process.stdin.once('close', () => process.kill(process.pid, 'SIGTERM'))
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref()
}
