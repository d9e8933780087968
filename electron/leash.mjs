/** Loaded into the core with `--import`: when `npm start` is gone, however it went, the core ends too. */
process.stdin.resume()
process.stdin.once('close', () => process.kill(process.pid, 'SIGTERM'))
if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref()
