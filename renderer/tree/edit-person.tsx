import { Button, Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import type { Employee } from '../../core/domain/org.ts'
import type { Wish } from '../state/org-edits.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { EditField, numberTyped, useEdit } from './edit-field.tsx'
import { EditKindLimits } from './edit-kind-limits.tsx'
import { EditTimes } from './edit-times.tsx'
import styles from './edit.module.css'

interface Props {
  readonly world: World
  readonly employee: Employee
}

/** A person as an admin changes them. */
export function EditPerson({ world, employee }: Props) {
  const t = useWords()
  const { employeeId, name, isExternal, limit, kindLimits, skills } = employee
  const { problem, edit } = useEdit()
  const set = (want: Wish['want']): Wish => ({
    entity: 'employee',
    id: employeeId,
    kind: 'set',
    want,
  })
  return (
    <div className={styles.form}>
      <EditField field="personName" value={name} wishFor={typed => set({ name: typed })} />
      <EditField
        field="limit"
        value={limit === null ? '' : `${limit}`}
        note={t('orgEdit.note.limit')}
        wishFor={typed => {
          const value = numberTyped(typed)
          return value === undefined ? null : set({ limit: value })
        }}
      />
      <EditKindLimits kindLimits={kindLimits} set={set} />
      <EditField
        field="skills"
        value={skills.join(', ')}
        note={t('orgEdit.note.skills')}
        wishFor={typed => set({ skills: wordsIn(typed) })}
      />
      <Checkbox
        size="xs"
        label={t('orgEdit.field.isExternal')}
        checked={isExternal}
        error={problem}
        onChange={event => void edit(set({ isExternal: event.currentTarget.checked }))}
      />
      <EditTimes world={world} employeeId={employeeId} />
      <Dismissal employee={employee} />
    </div>
  )
}

const wordsIn = (typed: string): string[] =>
  typed
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

/** Dismissing says first what becomes of the cases; taking it back asks nothing. */
function Dismissal({ employee: { employeeId, name, isDismissed } }: Pick<Props, 'employee'>) {
  const t = useWords()
  const [isAsking, setAsking] = useState(false)
  const { problem, edit } = useEdit()
  const count = useReplica(
    ({ cases }) =>
      [...cases.values()].filter(theCase => theCase.responsibleId === employeeId).length,
  )
  const put = async (to: boolean) => {
    await edit({
      entity: 'employee',
      id: employeeId,
      kind: 'set',
      want: { isDismissed: to },
    })
    setAsking(false)
  }
  return (
    <>
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      <Button
        size="compact-xs"
        variant="light"
        color={isDismissed ? 'gray' : 'red'}
        className={styles.button}
        onClick={() => (isDismissed ? void put(false) : setAsking(true))}
      >
        {t(isDismissed ? 'orgEdit.employAgain' : 'orgEdit.dismiss')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('orgEdit.dismissTitle', { name })}
        closeButtonProps={{ 'aria-label': t('desk.close') }}
        transitionProps={{ duration: 80 }}
      >
        <p className={styles.said}>{t('orgEdit.dismissCases', { count })}</p>
        <p className={styles.said}>{t('orgEdit.dismissPosts')}</p>
        <div className={styles.line}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t('orgEdit.leave')}
          </Button>
          <Button color="red" onClick={() => void put(true)}>
            {t('orgEdit.dismissNow')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
