import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { compileDates } from './dates.ts'
import { ImportError, problemOf } from './problem.ts'

/** The fields of a case a column can fill. */
export const fieldNames = [
  'number',
  'changedAt',
  'order',
  'createdAt',
  'closedAt',
  'dueAt',
  'status',
  'subStatus',
  'department',
  'responsible',
  'client',
  'subject',
  'text',
  'kind',
  'source',
  'priority',
  'weight',
  'effortHours',
  'phone',
  'email',
  'skill',
] as const
export type FieldName = (typeof fieldNames)[number]

/** Characters a field may hold; a hub takes no more. */
export function longestOf(field: FieldName): number {
  return field === 'text' ? 100_000 : 1000
}

/** The forms of a date as people read them. */
export function datesOf(mapping: Mapping): string {
  return mapping.dates.map(format => (format === 'ISO' ? 'YYYY-MM-DDTHH:mm' : format)).join(', ')
}

const fieldName = z.enum(fieldNames)
const bothLanguages = z.strictObject({ ru: z.string(), en: z.string() })
const oneOf = z.strictObject({ fields: z.array(fieldName), values: z.array(z.string()) })
const beginning = z.strictObject({ fields: z.array(fieldName), prefixes: z.array(z.string()) })

/** What a file means, as data: `resources/mappings/*.json`; no column name stands in the code. */
const mappingSchema = z.strictObject({
  name: z.string().min(1).max(100),
  title: bothLanguages,
  /** Many rows a case, each a change; otherwise one row a case. */
  isLog: z.boolean(),
  /** IANA zone of dates that name none. */
  zone: z.string(),
  /** Tried in this order; `ISO` is ISO 8601. */
  dates: z.array(z.string()).min(1),
  /** The moment of the day meant by a due that is only a date, `HH:mm`. */
  dueTime: z.optional(z.string().regex(/^\d\d:\d\d$/)),
  /** For each field the names its column may have, the best first. */
  columns: z.partialRecord(fieldName, z.array(z.string()).min(1)),
  required: z.array(fieldName),
  /** Values that mean nothing or nobody. */
  blank: z.array(z.string()),
  /** Columns the subject is put together from when no column is the subject. */
  subjectParts: z.optional(z.array(z.string())),
  /** Columns listed in the text of the case. */
  textParts: z.optional(z.array(z.strictObject({ column: z.string(), title: bothLanguages }))),
  /** The subject of a case without one; `{{number}}` stands for its number. */
  untitled: bothLanguages,
  /** The department of every case when no column says it. */
  oneDepartment: z.optional(bothLanguages),
  closed: oneOf,
  unassigned: z.optional(oneOf),
  waiting: beginning,
  approval: z.optional(beginning),
  /** Accounts of programs: they may hold cases and are not counted as people. */
  systemUsers: z.array(z.string()),
  priorities: z.record(z.string(), z.int().min(0).max(3)),
  sources: z.record(z.string(), z.enum(['mail', 'phone', 'web', 'internal', 'other'])),
})
export type Mapping = z.infer<typeof mappingSchema>

/** Presets that lie in `resources/mappings`. */
export const mappingNames = ['plain', 'servicenow', 'bpi2013'] as const

/**
 * The mapping called `name`, or the one in the file `name` when it ends in `.json`.
 * Throws an `ImportError`: `unknownMapping`, `badMapping`.
 */
export function readMapping(name: string): Mapping {
  const isPreset = mappingNames.some(preset => preset === name)
  if (!isPreset && !name.endsWith('.json'))
    throw new ImportError(
      problemOf('unknownMapping', { value: name }, { names: mappingNames.join(', ') }),
    )
  const path = isPreset ? join(mappingsFolder(), `${name}.json`) : name
  try {
    const mapping = mappingSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    compileDates(mapping.dates, mapping.zone)
    return mapping
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new ImportError(problemOf('badMapping', { value: path }, { detail }))
  }
}

/** Found by walking up, because the sources and the built files lie at different depths. */
function mappingsFolder(): string {
  let folder = import.meta.dirname
  for (;;) {
    const candidate = join(folder, 'resources', 'mappings')
    if (existsSync(candidate)) return candidate
    const above = dirname(folder)
    if (above === folder) throw new Error('resources/mappings is missing from the installation')
    folder = above
  }
}
