import { type Answer, authorOf, type Call, callerOf, type Method, type Methods } from '../call.ts'
import { record } from '../changes.ts'
import { camelOfCustom } from '../fields.ts'
import { accessDenied, classicError, missing, RestError } from '../rest-error.ts'
import { contact, type CustomField, deal, lead } from '../rows.ts'
import { isRecord, isYes, paramOf, recordOf, textOf, valueOf, type Values } from '../values.ts'

const shown = (field: CustomField, hasLabels: boolean) => ({
  ID: String(field.id),
  ENTITY_ID: field.entityId,
  FIELD_NAME: field.fieldName,
  USER_TYPE_ID: field.userTypeId,
  XML_ID: null,
  SORT: '100',
  MULTIPLE: field.isMultiple ? 'Y' : 'N',
  MANDATORY: 'N',
  SHOW_FILTER: 'N',
  SHOW_IN_LIST: 'N',
  EDIT_IN_LIST: 'Y',
  IS_SEARCHABLE: 'N',
  SETTINGS: {},
  ...(hasLabels ? { EDIT_FORM_LABEL: Object.values(field.labels)[0] ?? '' } : {}),
})

/** Labels come only when a language is asked for. */
function list(call: Call, entityTypeId: number): Answer {
  const filter = recordOf(paramOf(call.params, 'filter'))
  const entityId = call.world.customEntity(entityTypeId)
  const wanted = (name: string, value: string) =>
    filter[name] === undefined || textOf(filter[name]) === value
  const rows = call.world.customFields
    .all()
    .filter(
      field =>
        field.entityId === entityId &&
        wanted('FIELD_NAME', field.fieldName) &&
        wanted('USER_TYPE_ID', field.userTypeId) &&
        wanted('ID', String(field.id)),
    )
    .map(field => shown(field, filter['LANG'] !== undefined))
  return { result: rows, total: rows.length }
}

function add(call: Call, entityTypeId: number): Answer {
  if (!callerOf(call).isAdmin) throw classicError('Access denied.')
  const raw = paramOf(call.params, 'fields')
  if (!isRecord(raw)) throw classicError("Parameter 'fields' must be array.")
  const name = textOf(raw['FIELD_NAME']).toUpperCase()
  const fieldName = name.startsWith('UF_CRM_') ? name : `UF_CRM_${name}`
  const userTypeId = textOf(raw['USER_TYPE_ID'])
  if (name === '') throw classicError("The 'FIELD_NAME' field is not found.")
  if (userTypeId === '') throw classicError("The 'USER_TYPE_ID' field is not found.")
  const { longestFieldName } = call.quirks
  if (fieldName.length > longestFieldName)
    throw classicError(`Field name is too long (more than ${longestFieldName} characters).`)
  if (!/^[A-Z0-9_]+$/.test(fieldName))
    throw classicError(
      'Field name contains invalid characters. Allowed characters are: A-Z, 0-9, and _.',
    )
  const labels = raw['EDIT_FORM_LABEL'] ?? raw['LABEL'] ?? fieldName
  const field = put(call, {
    entityId: call.world.customEntity(entityTypeId),
    fieldName,
    userTypeId,
    isMultiple: isYes(raw['MULTIPLE']),
    labels: labelsOf(labels),
  })
  return { result: field.id }
}

function labelsOf(labels: unknown): Values {
  if (!isRecord(labels)) return { ru: textOf(labels), en: textOf(labels) }
  return Object.fromEntries(Object.entries(labels).map(([name, each]) => [name, valueOf(each)]))
}

function put(call: Call, draft: Omit<CustomField, 'id'>): CustomField {
  const { world } = call
  const isTaken = world.customFields
    .all()
    .some(each => each.entityId === draft.entityId && each.fieldName === draft.fieldName)
  if (isTaken)
    throw new RestError(
      400,
      'ERROR_CORE',
      `Field ${draft.fieldName} already exists for ${draft.entityId}.`,
    )
  const field = { id: world.customFields.nextId(), ...draft }
  world.addCustomField(field)
  record(world, {
    author: authorOf(call),
    what: 'field',
    entityTypeId: null,
    id: field.id,
    fields: { fieldName: field.fieldName, entityId: field.entityId },
    isChanged: true,
  })
  return field
}

/** The scope of the module is wanted besides that of custom fields. */
function checkModule(call: Call): void {
  const { scopes } = call.actor
  if (scopes === null || scopes.has('crm')) return
  throw new RestError(
    call.quirks.badCredentialsStatus,
    'insufficient_scope',
    'The request requires higher privileges than provided by the access token',
  )
}

/** Fields of smart processes are made here: `{moduleId: 'crm', field: {entityId: 'CRM_3', …}}`. */
function configure(call: Call): Answer {
  checkModule(call)
  if (!callerOf(call).isAdmin) throw accessDenied()
  const raw = call.params['field']
  if (call.params['moduleId'] === undefined) throw missing('moduleId')
  if (!isRecord(raw)) throw missing('field')
  const entityId = textOf(raw['entityId'])
  const fieldName = textOf(raw['fieldName'])
  const prefix = /^CRM_\d+$/.test(entityId) ? `UF_${entityId}_` : 'UF_CRM_'
  if (!fieldName.startsWith(prefix))
    throw new RestError(400, 'ERROR_CORE', `fieldName must start with ${prefix}`)
  const field = put(call, {
    entityId,
    fieldName,
    userTypeId: textOf(raw['userTypeId']) || 'string',
    isMultiple: isYes(raw['multiple']),
    labels: labelsOf(raw['editFormLabel'] ?? fieldName),
  })
  return { result: { field: configured(field) } }
}

const configured = (field: CustomField) => ({
  id: String(field.id),
  entityId: field.entityId,
  fieldName: field.fieldName,
  userTypeId: field.userTypeId,
  multiple: field.isMultiple ? 'Y' : 'N',
  mandatory: 'N',
  editFormLabel: field.labels,
  camelName: camelOfCustom(field.fieldName),
})

function configurations(call: Call): Answer {
  checkModule(call)
  if (!callerOf(call).isAdmin) throw accessDenied()
  const entityId = textOf(recordOf(call.params['filter'])['entityId'])
  const rows = call.world.customFields.all().filter(field => field.entityId === entityId)
  return { result: { fields: rows.map(configured) }, total: rows.length }
}

const methodsOf = (name: string, entityTypeId: number): readonly (readonly [string, Method])[] => [
  [`crm.${name}.userfield.list`, { scope: 'crm', run: call => list(call, entityTypeId) }],
  [
    `crm.${name}.userfield.add`,
    { scope: 'crm', isWrite: true, run: call => add(call, entityTypeId) },
  ],
]

/** Custom fields: reading is for everybody, making needs an administrator of the CRM. */
export const userFields: Methods = {
  ...Object.fromEntries([
    ...methodsOf('lead', lead),
    ...methodsOf('deal', deal),
    ...methodsOf('contact', contact),
  ]),
  'userfieldconfig.add': { scope: 'userfieldconfig', isWrite: true, run: configure },
  'userfieldconfig.list': { scope: 'userfieldconfig', run: configurations },
}
