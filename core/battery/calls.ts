/** Calls by the hundred thousand, each made from the contract's own schema: misshapen, foreign, and about what is really there. */
import * as fc from 'fast-check'
import { z } from 'zod'
import { args, type Snapshot } from '../contract.ts'
import { fitting, type JsonSchema, misfitting } from '../testing/json-schema.ts'

export type CallName = keyof typeof args
export interface Call {
  readonly name: CallName
  readonly arg: unknown
  readonly isFitting: boolean
}

export const callNames = Object.keys(args) as CallName[]

const schemaOf = (name: CallName) => z.toJSONSchema(args[name], { io: 'input' }) as JsonSchema

/** Calls whose handler opens files or goes through all of them: rightly shaped ones are made seldom. */
const seldom: Partial<Record<CallName, number>> = {
  startDemo: 2,
  backup: 10,
  open: 50,
  exportUnsent: 20,
  uploadStart: 50,
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same argument about cases and people that are there, as `pick` chooses for each id. */
function aboutReal(value: unknown, pick: (name: string) => string | null): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => aboutReal(item, pick))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, pick(name) ?? aboutReal(inner, pick)]),
  )
}

/** `total` calls, every channel as often as any other when misshapen; `seed` makes them again. */
export function callsAbout(
  { cases, org }: Pick<Snapshot, 'cases' | 'org'>,
  { total, seed }: { readonly total: number; readonly seed: number },
): Call[] {
  const perChannel = Math.ceil((total * 0.86) / callNames.length)
  const misshapen = callNames.flatMap((name, at) =>
    fc
      .sample(misfitting(schemaOf(name)), { numRuns: perChannel, seed: seed + at })
      .map(arg => ({ name, arg, isFitting: false })),
  )
  const oneOf = <T>(list: readonly T[]) => fc.constantFrom(...list)
  const ids = fc.record({
    caseId: oneOf(cases.map(({ caseId }) => caseId)),
    employeeId: oneOf(org.employees.map(({ employeeId }) => employeeId)),
    departmentId: oneOf(org.departments.map(({ departmentId }) => departmentId)),
    isReal: fc.nat(5).map(dice => dice > 0),
  })
  const rest = Math.floor((total - misshapen.length) / callNames.length)
  const wellFormed = callNames.flatMap((name, at) =>
    fc
      .sample(fc.tuple(fitting(schemaOf(name)), ids), {
        numRuns: seldom[name] ?? rest,
        seed: seed - at,
      })
      .map(([arg, real]) => {
        const known: Readonly<Record<string, unknown>> = real
        const pick = (field: string) =>
          real.isReal && typeof known[field] === 'string' ? known[field] : null
        return { name, arg: aboutReal(arg, pick), isFitting: true }
      }),
  )
  const missing = total - misshapen.length - wellFormed.length
  const more = fc
    .sample(fc.tuple(fitting(schemaOf('assign')), ids), { numRuns: missing, seed: seed - 1000 })
    .map(([arg, real]) => ({
      name: 'assign' as const,
      arg: aboutReal(arg, field =>
        field === 'isReal' ? null : (Reflect.get(real, field) ?? null),
      ),
      isFitting: true,
    }))
  return [...misshapen, ...wellFormed, ...more]
}
