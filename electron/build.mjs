/** `npm run build`: always builds; `npm start` builds only what is older than its sources. */
import { bundle } from './bundle.mjs'
import { prepare } from './prepare.mjs'
import { runProgram, tell } from './program.mjs'
import { inTurn } from './turn.mjs'
import { languageOf, wordsIn } from './words.mjs'

const say = wordsIn(languageOf(undefined, process.env))
await runProgram(async () => {
  const node = await prepare(say, { isBuildNeeded: false })
  await inTurn(
    () => bundle(node, say),
    () => tell(say('waitingForOther')),
  )
  return 0
})
