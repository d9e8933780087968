import { useTranslation } from 'react-i18next'
import { untilChange } from '../../core/domain/case.ts'
import type { Decision, Fields } from '../../core/domain/decision.ts'
import { sayWhen } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { shortName } from '../ui/format.ts'
import { usePlace } from '../ui/sentence.ts'
import { useStageName } from '../ui/stage-name.ts'

/** Names of people and departments by id, for what the outbox says with ids. */
export function useNames(): (id: string | null) => string | null {
  const org = useReplica(replica => replica.org)
  return id => {
    if (id === null) return null
    const person = org.employees.find(one => one.employeeId === id)
    return (person ?? org.departments.find(one => one.departmentId === id))?.name ?? null
  }
}

/** Fields in words, one sentence each: «Анна Петрова», «отделение: Возвраты», «отложено до 24.11». */
export function useFieldsInWords(): (fields: Fields) => readonly string[] {
  const { t } = useTranslation()
  const place = usePlace()
  const stageName = useStageName()
  const nameOf = useNames()
  const person = (id: string | null) =>
    id === null ? t('syncView.nobody') : (nameOf(id) ?? t('syncView.stranger'))
  const until = (at: number | null) => {
    if (at === null) return t('syncView.notDeferred')
    if (at >= untilChange) return t('syncView.deferredUntilChange')
    return t('syncView.deferred', { until: sayWhen(t, at, place) })
  }
  return ({ responsible, department, deferredUntil, status, statusName }) => {
    const said: string[] = []
    if (responsible !== undefined) said.push(person(responsible))
    if (department !== undefined)
      said.push(
        t('syncView.department', { name: nameOf(department) ?? t('syncView.noDepartment') }),
      )
    if (deferredUntil !== undefined) said.push(until(deferredUntil))
    if (status !== undefined) said.push(stageName(statusName ?? status))
    return said
  }
}

/** Where a decision leads: «→ Анна П.», «→ Начало», «→ Отдел возвратов», «отложить до 24.11». */
export function useDecisionTarget(): (decision: Decision) => string {
  const { t } = useTranslation()
  const nameOf = useNames()
  const stageName = useStageName()
  const inWords = useFieldsInWords()
  return ({ want }) => {
    if (typeof want.department === 'string')
      return t('syncView.to', { target: nameOf(want.department) ?? t('syncView.noDepartment') })
    if (typeof want.responsible === 'string')
      return t('syncView.to', {
        target: shortName(nameOf(want.responsible) ?? t('syncView.stranger')),
      })
    if (want.responsible === null) return t('syncView.to', { target: t('syncView.inbox') })
    if (want.status !== undefined)
      return t('syncView.to', { target: stageName(want.statusName ?? want.status) })
    return inWords(want).join(', ')
  }
}
