import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Reason } from '../../core/domain/decision.ts'
import { editOrg, type Wish } from '../state/org-edits.ts'
import { useSentence } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './edit.module.css'

/** Sends a gesture and keeps why it was refused, to be said beside what was typed. */
export function useEdit() {
  const sentence = useSentence()
  const [reasons, setReasons] = useState<readonly Reason[]>([])
  return {
    problem: reasons.length > 0 ? reasons.map(sentence).join(' ') : null,
    forget: () => setReasons([]),
    edit: async (...wishes: readonly Wish[]): Promise<boolean> => {
      const refused = await editOrg(wishes)
      setReasons(refused)
      return refused.length === 0
    },
  }
}

interface Props {
  readonly field: string
  /** Instead of the name of the field, where one field has many values. */
  readonly label?: string
  readonly value: string
  readonly note?: string
  /** What is asked for when this was typed; null: what was typed is no such value. */
  readonly wishFor: (typed: string) => Wish | null
}

/** One field in its place: Enter or leaving it keeps what was typed, Escape puts back what was. */
export function EditField({ field, label, value, note, wishFor }: Props) {
  const t = useWords()
  const [typed, setTyped] = useState(value)
  const [shown, setShown] = useState(value)
  const [asked, setAsked] = useState(value)
  const [isNone, setNone] = useState(false)
  const { problem, forget, edit } = useEdit()
  if (shown !== value) {
    setShown(value)
    setTyped(value)
    setAsked(value)
  }
  const keep = async () => {
    // Enter has asked already when the field is left after it.
    if (typed.trim() === asked) return
    setAsked(typed.trim())
    const wish = typed.trim() === value ? undefined : wishFor(typed.trim())
    setNone(wish === null)
    if (wish) await edit(wish)
    else forget()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.code === 'Enter' || event.code === 'NumpadEnter') void keep()
    if (event.code !== 'Escape') return
    event.stopPropagation()
    setTyped(value)
    setAsked(value)
    setNone(false)
    forget()
  }
  return (
    <TextInput
      size="xs"
      label={label ?? t(`orgEdit.field.${field}`)}
      description={note}
      classNames={{ description: styles.note }}
      value={typed}
      error={isNone ? t('orgEdit.notNumber') : problem}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={() => void keep()}
      onKeyDown={onKey}
    />
  )
}

/** A number or nothing, with a comma as well as a point; undefined: neither. */
export function numberTyped(typed: string): number | null | undefined {
  if (typed === '') return null
  const value = Number(typed.replace(',', '.'))
  return Number.isFinite(value) ? value : undefined
}
