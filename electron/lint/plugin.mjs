import { safety } from './safety.mjs'
import { wall } from './wall.mjs'

/** Our own rules for oxlint: `nachalo/wall` and `nachalo/safety`. */
export default { meta: { name: 'nachalo' }, rules: { wall, safety } }
