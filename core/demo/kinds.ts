import type { DemoKind } from './kind.ts'
import { backKinds } from './kinds-back.ts'
import { frontKinds } from './kinds-front.ts'

/** Everything the invented company does. */
export const kinds: readonly DemoKind[] = [...frontKinds, ...backKinds]
