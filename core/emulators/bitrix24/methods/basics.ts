import { type Answer, type Call, type Methods } from '../call.ts'
import { missing } from '../rest-error.ts'
import { paramOf, textOf } from '../values.ts'

/** Every scope a webhook of the demo has (bitrix24.md 1.3). */
const allScopes = [
  'crm',
  'task',
  'tasks',
  'user',
  'department',
  'timeman',
  'calendar',
  'im',
  'telephony',
  'userfieldconfig',
] as const

function feature(call: Call): Answer {
  const code = textOf(paramOf(call.params, 'CODE'))
  if (code === '') throw missing('CODE')
  const isOn = code !== 'rest_offline_extended' || call.quirks.hasOfflineExtended
  return { result: { value: isOn ? 'Y' : 'N' } }
}

/** What is always allowed, whatever the scopes are (bitrix24.md 1.3). */
export const basics: Methods = {
  scope: { scope: '', run: call => ({ result: [...(call.actor.scopes ?? allScopes)] }) },
  'server.time': {
    scope: '',
    run: ({ world }) => ({ result: world.time.iso(world.time.now()) }),
  },
  'feature.get': { scope: '', run: feature },
  'app.info': {
    scope: '',
    appOnly: 'context',
    run: () => ({
      result: {
        ID: 5,
        CODE: 'nachalo',
        VERSION: 1,
        STATUS: 'L',
        INSTALLED: true,
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: 'ru',
        LICENSE: 'ru_pro100',
        LICENSE_TYPE: 'pro100',
        LICENSE_FAMILY: 'pro',
      },
    }),
  },
}
