/** `npm run build`: always builds; `npm start` builds only what is older than its sources. */
import { bundle } from './bundle.mjs'
import { nodePath } from './install.mjs'
import { prepare, runProgram, tell } from './prepare.mjs'
import { inTurn } from './turn.mjs'
import { languageOf, wordsIn } from './words.mjs'

const say = wordsIn(languageOf(undefined, process.env))
await runProgram(async () => {
  await prepare(say, { isBuildNeeded: false })
  await inTurn(
    () => bundle(nodePath, say, tell),
    () => tell(say('waitingForOther')),
  )
})
