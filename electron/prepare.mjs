import { bundle, isBuilt } from './bundle.mjs'
import { install, isInstalled, nodePath } from './install.mjs'
import { tell } from './program.mjs'
import { inTurn } from './turn.mjs'

/**
 * Installs, and for `isBuildNeeded` builds, what is missing or older than its sources.
 * @param {import('./words.mjs').Say} say
 * @param {{ isBuildNeeded: boolean }} wish
 * @returns {Promise<string>} path of Node 24
 */
export async function prepare(say, { isBuildNeeded }) {
  if (isInstalled() && (!isBuildNeeded || isBuilt())) return nodePath
  return inTurn(
    async () => {
      if (!isInstalled()) await install(say)
      if (isBuildNeeded && !isBuilt()) await bundle(nodePath, say)
      return nodePath
    },
    () => tell(say('waitingForOther')),
  )
}
