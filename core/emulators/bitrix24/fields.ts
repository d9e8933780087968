import { company, contact, type CustomField, deal, lead } from './rows.ts'
import type { Value } from './values.ts'

export type FieldType =
  | 'integer'
  | 'string'
  | 'double'
  | 'char'
  | 'datetime'
  | 'date'
  | 'user'
  | 'crm_status'
  | 'crm_multifield'

/** A field of an entity: its type, what it holds when nothing was put in, how old methods call it. */
export interface FieldSpec {
  readonly name: string
  /** Of crm.item.fields and of the old methods. */
  readonly upper: string
  readonly type: FieldType
  readonly initial: Value
  readonly isReadOnly: boolean
  readonly isMultiple: boolean
  /** A custom field: filtered by 1/0 when it is a yes or no (bitrix24.md 3.1). */
  readonly isCustom: boolean
}

type Line = readonly [names: string, type: FieldType, initial: Value]

const readOnly: Line[] = [
  ['id createdBy updatedBy', 'integer', 0],
  ['createdTime updatedTime', 'datetime', null],
]
const everywhere: Line[] = [
  ['assignedById', 'user', null],
  ['opened', 'char', 'Y'],
  ['title sourceDescription comments', 'string', ''],
  ['sourceId', 'crm_status', ''],
  ['originatorId originId', 'string', null],
  ['utmSource utmMedium utmCampaign utmContent utmTerm', 'string', null],
  ['webformId', 'integer', 0],
  ['lastActivityBy', 'user', null],
  ['lastActivityTime', 'datetime', null],
  ['observers*', 'user', []],
]
const staged: Line[] = [
  ['stageId', 'crm_status', ''],
  ['!stageSemanticId', 'string', 'P'],
  ['!movedBy', 'user', null],
  ['!movedTime', 'datetime', null],
]
const withClients: Line[] = [
  ['companyId contactId', 'integer', 0],
  ['contactIds*', 'integer', []],
]
const withMoney: Line[] = [
  ['opportunity taxValue', 'double', 0],
  ['isManualOpportunity', 'char', 'N'],
  ['currencyId', 'string', 'RUB'],
]
const ofPerson: Line[] = [
  ['name lastName secondName honorific post', 'string', null],
  ['birthdate', 'date', null],
  ['hasPhone hasEmail hasImol', 'char', 'N'],
  ['fm*', 'crm_multifield', []],
]

const byType: Readonly<Record<number, Line[]>> = {
  [lead]: [
    ...staged,
    ...withClients,
    ...withMoney,
    ...ofPerson,
    ['companyTitle statusDescription', 'string', null],
    ['dateClosed', 'datetime', null],
  ],
  [deal]: [
    ...staged,
    ...withClients,
    ...withMoney,
    ['categoryId', 'integer', 0],
    ['leadId', 'integer', null],
    ['closed', 'char', 'N'],
    ['!isNew', 'char', 'Y'],
    ['isRecurring isReturnCustomer isRepeatedApproach', 'char', 'N'],
    ['typeId', 'crm_status', 'SALE'],
    ['probability', 'integer', null],
    ['begindate closedate', 'date', null],
    ['additionalInfo', 'string', null],
    ['dateCreateShort dateModifyShort isWork isWon isLose', 'string', null],
    [
      'receivedAmount lostAmount hasProducts productId locationId quoteId eventDate',
      'string',
      null,
    ],
  ],
  [contact]: [
    ...ofPerson,
    ['companyId', 'integer', 0],
    ['companyIds*', 'integer', []],
    ['leadId', 'integer', null],
    ['typeId', 'crm_status', 'CLIENT'],
    ['export', 'char', 'Y'],
  ],
  [company]: [
    ['typeId industry', 'crm_status', ''],
    ['revenue', 'double', 0],
    ['hasPhone hasEmail hasImol', 'char', 'N'],
    ['fm*', 'crm_multifield', []],
    ['leadId', 'integer', null],
  ],
}
const dynamic: Line[] = [
  ...staged,
  ...withClients,
  ...withMoney,
  ['categoryId', 'integer', 0],
  ['xmlId', 'string', null],
  ['!previousStageId', 'crm_status', ''],
  ['begindate closedate', 'date', null],
  ['mycompanyId', 'integer', 0],
]

const unusual: Readonly<Record<string, string>> = {
  createdTime: 'DATE_CREATE',
  updatedTime: 'DATE_MODIFY',
  createdBy: 'CREATED_BY_ID',
  updatedBy: 'MODIFY_BY_ID',
  movedBy: 'MOVED_BY_ID',
}
const ofLead: Readonly<Record<string, string>> = {
  stageId: 'STATUS_ID',
  stageSemanticId: 'STATUS_SEMANTIC_ID',
}

function upperOf(entityTypeId: number, name: string): string {
  const plain = name.replaceAll(/([A-Z])/g, '_$1').toUpperCase()
  return (entityTypeId === lead ? ofLead[name] : undefined) ?? unusual[name] ?? plain
}

const made = new Map<number, readonly FieldSpec[]>()

/** The built-in fields of an entity (bitrix24.md 3.1, ITEM). */
export function specsOf(entityTypeId: number): readonly FieldSpec[] {
  const found = made.get(entityTypeId)
  if (found) return found
  const own = byType[entityTypeId] ?? dynamic
  const specs = [
    ...readOnly.flatMap(line => specsIn(entityTypeId, line, true)),
    ...[...everywhere, ...own].flatMap(line => specsIn(entityTypeId, line, false)),
  ]
  made.set(entityTypeId, specs)
  return specs
}

function specsIn(
  entityTypeId: number,
  [names, type, initial]: Line,
  isFixed: boolean,
): FieldSpec[] {
  return names.split(' ').map(written => {
    const name = written.replaceAll(/[!*]/g, '')
    return {
      name,
      upper: upperOf(entityTypeId, name),
      type,
      initial,
      isReadOnly: isFixed || written.startsWith('!'),
      isMultiple: written.endsWith('*'),
      isCustom: false,
    }
  })
}

const typeOfCustom: Readonly<Record<string, FieldType>> = {
  integer: 'integer',
  double: 'double',
  boolean: 'char',
  datetime: 'datetime',
  date: 'date',
  employee: 'user',
  crm_status: 'crm_status',
}

export function customSpec(field: CustomField): FieldSpec {
  return {
    name: camelOfCustom(field.fieldName),
    upper: field.fieldName,
    type: typeOfCustom[field.userTypeId] ?? 'string',
    initial: field.isMultiple ? [] : field.userTypeId === 'boolean' ? 'N' : null,
    isReadOnly: false,
    isMultiple: field.isMultiple,
    isCustom: true,
  }
}

/** `UF_CRM_1721` → `ufCrm_1721`, `UF_CRM_7_1639` → `ufCrm7_1639`, `UF_CRM_MY_NAME` → `ufCrmMyName`. */
export function camelOfCustom(fieldName: string): string {
  return fieldName
    .toLowerCase()
    .replace(/^uf_crm_(\d{1,5})_(?=.)/, 'ufCrm$1_')
    .replace(/^uf_crm/, 'ufCrm')
    .replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
