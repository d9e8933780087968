import type { Call, Methods } from '../call.ts'
import { paramOf, textOf } from '../values.ts'
import { basics } from './basics.ts'
import { crmActivity } from './crm-activity.ts'
import { crmClassic } from './crm-classic.ts'
import { crmItem } from './crm-item.ts'
import { crmReference } from './crm-reference.ts'
import { events } from './events.ts'
import { messages } from './messages.ts'
import { people } from './people.ts'
import { presence } from './presence.ts'
import { tasks } from './tasks.ts'
import { telephony } from './telephony.ts'
import { userFields } from './user-fields.ts'

const known: Methods = {
  ...basics,
  ...crmItem,
  ...crmClassic,
  ...crmReference,
  ...crmActivity,
  ...userFields,
  ...people,
  ...presence,
  ...tasks,
  ...messages,
  ...telephony,
  ...events,
}

/** `method.get`: is there such a method, and may this caller use it (bitrix24.md 1.3). */
function about(call: Call): { readonly result: unknown } {
  const name = textOf(paramOf(call.params, 'name')).toLowerCase()
  const found = Object.entries(methods).find(([each]) => each === name)?.[1]
  const { scopes } = call.actor
  const isAvailable =
    found !== undefined && (found.scope === '' || scopes === null || scopes.has(found.scope))
  return { result: { isExisting: found !== undefined, isAvailable } }
}

export const methods: Methods = { ...known, 'method.get': { scope: '', run: about } }
