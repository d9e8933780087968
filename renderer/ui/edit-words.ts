import type { OrgAddress, OrgEdit, OrgFields } from '../../core/domain/org-edit.ts'
import type { Org } from '../../core/domain/org.ts'
import { sayDate } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { usePlace } from './sentence.ts'
import { useWords } from './use-words.ts'

type Said = OrgAddress &
  Pick<OrgEdit, 'kind'> & { readonly from: OrgFields; readonly to: OrgFields }

/** What an edit did, in words: whose record and each field before and after. */
export function useEditInWords(): (edit: Said) => {
  readonly title: string
  readonly lines: readonly string[]
} {
  const t = useWords()
  const org = useReplica(replica => replica.org)
  const valueOf = useValueInWords(org)
  return edit => {
    const title = t('orgEdit.about', {
      entity: t(`orgEdit.entity.${edit.entity}`),
      name: titleOf(org, edit) ?? t('orgEdit.unnamed'),
    })
    if (edit.kind !== 'set') return { title, lines: [t(`orgEdit.did.${edit.kind}`)] }
    const lines = Object.entries(edit.to).map(([name, to]) =>
      t('orgEdit.change', {
        field: t(
          `orgEdit.field.${edit.entity === 'employee' && name === 'name' ? 'personName' : name}`,
        ),
        from: valueOf(name, Reflect.get(edit.from, name)),
        to: valueOf(name, to),
      }),
    )
    return { title, lines }
  }
}

/** The name of the record, or of whom it is about; what is gone is named as it was. */
function titleOf(org: Org, { entity, id, from, to }: Said): string | null {
  const person = (employeeId: unknown) =>
    org.employees.find(one => one.employeeId === employeeId)?.name ?? null
  const known = { ...from, ...to }
  switch (entity) {
    case 'department':
      return org.departments.find(one => one.departmentId === id)?.name ?? known.name ?? null
    case 'post':
      return org.posts.find(one => one.postId === id)?.name ?? known.name ?? null
    case 'employee':
      return person(id) ?? known.name ?? null
    case 'absence':
      return person(org.absences.find(one => one.absenceId === id)?.employeeId ?? known.employeeId)
    case 'substitution':
      return person(
        org.substitutions.find(one => one.substitutionId === id)?.employeeId ?? known.employeeId,
      )
  }
}

function useValueInWords(org: Org): (name: string, value: unknown) => string {
  const t = useWords()
  const place = usePlace()
  const kinds = useReplica(replica => replica.kinds)
  const kindName = (id: string) =>
    [...kinds.values()].find(one => one.kindId === id)?.name ?? t('orgEdit.unnamed')
  const nameOf = (id: string) =>
    org.employees.find(one => one.employeeId === id)?.name ??
    org.departments.find(one => one.departmentId === id)?.name ??
    t('orgEdit.unnamed')
  return (name, value) => {
    if (value === null || value === undefined || value === '') return t('orgEdit.empty')
    if (typeof value === 'boolean') return t(value ? 'orgEdit.yes' : 'orgEdit.no')
    if (typeof value === 'number') return name.endsWith('At') ? sayDate(value, place) : `${value}`
    if (Array.isArray(value)) return value.join(', ') || t('orgEdit.empty')
    if (typeof value === 'object')
      return (
        Object.entries(value)
          .map(([kindId, limit]) => `${kindName(kindId)} ${limit}`)
          .join(', ') || t('orgEdit.empty')
      )
    if (typeof value !== 'string') return t('orgEdit.empty')
    if (name === 'kind') return t(`org.absence.${value}`)
    return name.endsWith('Id') ? nameOf(value) : value
  }
}
