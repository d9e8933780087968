import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Employee } from '../../core/domain/org.ts'
import { byName } from '../state/by-name.ts'
import type { Wish } from '../state/org-edits.ts'
import { useReplica } from '../state/replica.ts'
import { useWords } from '../ui/use-words.ts'
import { EditField, numberTyped } from './edit-field.tsx'
import styles from './edit.module.css'

interface Props {
  readonly kindLimits: Employee['kindLimits']
  readonly set: (want: Wish['want']) => Wish
}

/** How much of one kind a person may hold: the kinds with a limit of their own, and one more when it is chosen. */
export function EditKindLimits({ kindLimits, set }: Props) {
  const t = useWords()
  const kinds = useReplica(replica => replica.kinds)
  const [chosen, setChosen] = useState<string | null>(null)
  const isShown = (kindId: string) => kindId === chosen || Object.hasOwn(kindLimits, kindId)
  const byKind = [...kinds.values()].toSorted(byName)
  const wishFor = (kindId: string) => (typed: string) => {
    const value = numberTyped(typed)
    if (value === undefined) return null
    const { [kindId]: _before, ...others } = kindLimits
    return set({ kindLimits: value === null ? others : { ...others, [kindId]: value } })
  }
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('orgEdit.field.kindLimits')}</legend>
      <div className={styles.quiet}>{t('orgEdit.note.kindLimits')}</div>
      {byKind
        .filter(({ kindId }) => isShown(kindId))
        .map(({ kindId, name }) => (
          <EditField
            key={kindId}
            field="kindLimits"
            label={name}
            value={`${kindLimits[kindId] ?? ''}`}
            wishFor={wishFor(kindId)}
          />
        ))}
      <Select
        size="xs"
        searchable
        label={t('orgEdit.addKindLimit')}
        nothingFoundMessage={t('orgEdit.noSuchKind')}
        value={null}
        data={byKind
          .filter(({ kindId }) => !isShown(kindId))
          .map(({ kindId, name }) => ({ value: kindId, label: name }))}
        onChange={setChosen}
      />
    </fieldset>
  )
}
