import { type Answer, type Call, callerOf, isOver, type Methods, viewOf } from '../call.ts'
import type { Rules } from '../filter.ts'
import { numberIn, textIn, titleOf } from '../item-values.ts'
import { pageOf } from '../paging.ts'
import { RestError } from '../rest-error.ts'
import { company, contact, type Item, lead, type PhoneCall } from '../rows.ts'
import { isRecord, listOf, paramOf, recordOf, textOf } from '../values.ts'

const rules = (call: Call): Rules<PhoneCall> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'CALL_START_DATE') return { as: 'moment', read: row => row.at }
    if (name === 'CALL_TYPE') return { as: 'number', read: row => row.type }
    if (name === 'PORTAL_USER_ID') return { as: 'number', read: row => row.userId }
    return name === 'CALL_FAILED_CODE' ? { as: 'text', read: row => row.code } : null
  },
})

/** Finished and missed calls; heads and administrators may see them (bitrix24.md 3.8). */
function statistic(call: Call): Answer {
  const isHead = call.world.under(call.actor.userId).size > 1
  if (!callerOf(call).isAdmin && !isHead && call.quirks.rights === 'roles')
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
  const sort = textOf(paramOf(call.params, 'SORT')) || 'ID'
  const direction = textOf(paramOf(call.params, 'ORDER')) || 'DESC'
  const page = pageOf({
    view: viewOf(call, call.world.calls),
    params: {
      filter: recordOf(paramOf(call.params, 'FILTER')),
      order: { [sort]: direction },
      start: paramOf(call.params, 'start'),
    },
    rules: rules(call),
    isReadable: row => row.userId === 0 || isOver(call, row.userId),
  })
  const result = page.rows.map(row => ({
    ID: String(row.id),
    PORTAL_USER_ID: String(row.userId),
    PORTAL_NUMBER: 'reg1',
    PHONE_NUMBER: row.phone,
    CALL_ID: `externalCall.${row.id}`,
    EXTERNAL_CALL_ID: null,
    CALL_CATEGORY: 'external',
    CALL_DURATION: String(row.seconds),
    CALL_START_DATE: call.world.time.iso(row.at),
    CALL_RECORD_URL: '',
    CALL_FAILED_CODE: row.code,
    CALL_FAILED_REASON: row.code === '200' ? 'Success call' : 'Skipped call',
    CRM_ENTITY_TYPE: row.entityType,
    CRM_ENTITY_ID: String(row.entityId),
    CRM_ACTIVITY_ID: null,
    REST_APP_ID: null,
    RECORD_FILE_ID: null,
    CALL_TYPE: String(row.type),
  }))
  return { result, total: page.total ?? 0, next: page.next }
}

const digits = (text: string): string => text.replaceAll(/\D/g, '').slice(-10)

const hasPhone = (item: Item, phone: string): boolean =>
  listOf(item.values['fm'])
    .filter(isRecord)
    .some(each => each['typeId'] === 'PHONE' && digits(textOf(each['value'])) === digits(phone))

/** Whose client this number is, and whether that person is at work (bitrix24.md 3.8). */
function search(call: Call): Answer {
  const phone = textOf(paramOf(call.params, 'PHONE_NUMBER'))
  if (digits(phone) === '') throw new RestError(400, 'ERROR_CORE', 'PHONE_NUMBER should be set')
  const kinds = [
    ['CONTACT', contact],
    ['COMPANY', company],
    ['LEAD', lead],
  ] as const
  const rows = kinds.flatMap(([name, entityTypeId]) =>
    (call.world.items(entityTypeId)?.all() ?? [])
      .filter(item => hasPhone(item, phone))
      .map(item => found(call, name, item)),
  )
  return { result: rows }
}

function found(call: Call, kind: string, item: Item): Record<string, unknown> {
  const ownerId = numberIn(item.values['assignedById'])
  const owner = call.world.people.one(ownerId)
  const person = `${textIn(item.values['name'])} ${textIn(item.values['lastName'])}`.trim()
  return {
    CRM_ENTITY_TYPE: kind,
    CRM_ENTITY_ID: item.id,
    ASSIGNED_BY_ID: ownerId,
    NAME: person || titleOf(item),
    ASSIGNED_BY: {
      ID: String(ownerId),
      TIMEMAN_STATUS: owner?.day.isTracked ? owner.day.status : 'UNAVAILABLE',
      USER_PHONE_INNER: owner?.innerPhone ?? '',
      WORK_PHONE: '',
      PERSONAL_PHONE: '',
      PERSONAL_MOBILE: '',
    },
  }
}

const appOnly = (): Answer => ({ result: true })

/** Calls (bitrix24.md 3.8); registering and finishing them needs an application. */
export const telephony: Methods = {
  'voximplant.statistic.get': { scope: 'telephony', run: statistic },
  'telephony.externalcall.searchcrmentities': { scope: 'telephony', run: search },
  'telephony.externalcall.register': {
    scope: 'telephony',
    isWrite: true,
    appOnly: 'telephony',
    run: appOnly,
  },
  'telephony.externalcall.finish': {
    scope: 'telephony',
    isWrite: true,
    appOnly: 'telephony',
    run: appOnly,
  },
}
