import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EmployeeId } from '../../core/domain/id.ts'
import type { AbsenceKind } from '../../core/domain/org.ts'
import { dayNumberAt, dayNumberOf, dayText, instantOf } from '../../core/domain/zone.ts'
import { sayDate } from '../../core/words/say.ts'
import { mintRecordId, type Wish } from '../state/org-edits.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { useEdit } from './edit-field.tsx'
import { PersonSelect } from './person-select.tsx'
import styles from './edit.module.css'

const absenceKinds: readonly AbsenceKind[] = ['vacation', 'sick', 'trip', 'other']

interface Props {
  readonly world: World
  readonly employeeId: EmployeeId
}

/** When a person is away and who stands in: what is to come, and one more of each. */
export function EditTimes({ world, employeeId }: Props) {
  const t = useWords()
  const place = usePlace()
  const { index, now } = world
  const { problem, edit } = useEdit()
  const absences = (index.absencesOf.get(employeeId) ?? []).filter(one => one.untilAt > now)
  const standing = (index.substitutionsOf.get(employeeId) ?? []).filter(one => one.untilAt > now)
  const period = ({ fromAt, untilAt }: { fromAt: number; untilAt: number }) =>
    t('org.details.period', { from: sayDate(fromAt, place), until: sayDate(untilAt - 1, place) })
  const end = (entity: 'absence' | 'substitution', id: string) =>
    void edit({ entity, id, kind: 'remove', want: {} })
  const rows = [
    ...absences.map(one => ({
      entity: 'absence' as const,
      id: one.absenceId,
      text: `${t(`org.absence.${one.kind}`)} ${period(one)}`,
    })),
    ...standing.map(one => ({
      entity: 'substitution' as const,
      id: one.substitutionId,
      text: `${t('orgEdit.standsIn', { name: index.employeeById.get(one.substituteId)?.name ?? '' })} ${period(one)}`,
    })),
  ]
  return (
    <>
      <h3 className={styles.title}>{t('orgEdit.times')}</h3>
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      <ul className={styles.list}>
        {rows.map(({ entity, id, text }) => (
          <li key={id} className={styles.line}>
            <span>{text}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={t('orgEdit.removeNamed', { name: text })}
              onClick={() => end(entity, id)}
            >
              {t('orgEdit.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <AddTime employeeId={employeeId} now={now} />
    </>
  )
}

const substitution = 'substitution'

/** From a day to a day, both included, in the company's zone. */
function AddTime({ employeeId, now }: { readonly employeeId: EmployeeId; readonly now: number }) {
  const t = useWords()
  const zone = useReplica(replica => replica.zone)
  const today = dayText(dayNumberAt(zone, now))
  const [what, setWhat] = useState<string>('vacation')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(today)
  const [substituteId, setSubstitute] = useState<EmployeeId | null>(null)
  const { problem, edit } = useEdit()
  const add = (event: FormEvent) => {
    event.preventDefault()
    const fromAt = instantOf(zone, dayNumberOf(from), 0)
    const untilAt = instantOf(zone, dayNumberOf(until) + 1, 0)
    const kind = absenceKinds.find(one => one === what)
    const wish: Wish = kind
      ? {
          entity: 'absence',
          id: mintRecordId('absence'),
          kind: 'add',
          want: { employeeId, kind, fromAt, untilAt },
        }
      : {
          entity: 'substitution',
          id: mintRecordId('substitution'),
          kind: 'add',
          want: { employeeId, substituteId: substituteId ?? undefined, fromAt, untilAt },
        }
    if (from !== '' && until !== '') void edit(wish)
  }
  return (
    <form className={styles.group} onSubmit={add}>
      <Select
        size="xs"
        allowDeselect={false}
        label={t('orgEdit.what')}
        value={what}
        data={[
          ...absenceKinds.map(kind => ({ value: kind, label: t(`org.absence.${kind}`) })),
          { value: substitution, label: t('orgEdit.entity.substitution') },
        ]}
        onChange={chosen => setWhat(chosen ?? what)}
      />
      {what === substitution && (
        <PersonSelect
          label={t('orgEdit.field.substituteId')}
          value={substituteId}
          onChoose={setSubstitute}
        />
      )}
      <div className={styles.dates}>
        <DayField label={t('orgEdit.firstDay')} value={from} onPut={setFrom} />
        <DayField label={t('orgEdit.lastDay')} value={until} onPut={setUntil} />
      </div>
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      <Button size="compact-xs" variant="default" type="submit" className={styles.button}>
        {t('orgEdit.addTime')}
      </Button>
    </form>
  )
}

interface DayProps {
  readonly label: string
  readonly value: string
  readonly onPut: (day: string) => void
}

function DayField({ label, value, onPut }: DayProps) {
  return (
    <TextInput
      size="xs"
      type="date"
      required
      withAsterisk={false}
      label={label}
      value={value}
      onChange={event => onPut(event.currentTarget.value)}
    />
  )
}
