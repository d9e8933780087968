import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './root.mjs'

const folder = join(root, 'out')
const path = join(folder, '.busy')

/**
 * Only one start at a time installs or builds in a checkout; `onWait` is called once if another does.
 * @template T
 * @param {() => Promise<T>} work
 * @param {() => void} onWait
 * @returns {Promise<T>}
 */
export async function inTurn(work, onWait) {
  mkdirSync(folder, { recursive: true })
  for (let isFirst = true; !isTaken(); isFirst = false) {
    if (isFirst) onWait()
    await pause(300)
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  return work().finally(() => {
    process.off('exit', release)
    release()
  })
}

function isTaken() {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (isHolderDead()) rmSync(path, { force: true })
    return false
  }
}

/** The holder may have been killed before it could remove its mark. */
function isHolderDead() {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
