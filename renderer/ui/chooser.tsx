import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { matching } from './matching.ts'
import { useWords } from './use-words.ts'
import styles from './chooser.module.css'

export interface Choice {
  readonly key: string
  /** What is typed is looked for here. */
  readonly text: string
  readonly body: ReactNode
  readonly isDim: boolean
}

interface Props {
  readonly title: string
  readonly placeholder: string
  readonly choices: readonly Choice[]
  /** `isForced`: Shift was held. */
  readonly onChoose: (key: string, isForced: boolean) => void
  readonly onClose: () => void
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Type a few letters, press Enter: one of a list of people or departments. */
export function Chooser({ title, placeholder, choices, onChoose, onClose }: Props) {
  const t = useWords()
  const listId = useId()
  const { typed, type, found, current, setPlace, move } = useTyped(choices, onChoose)
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={520}
      padding="md"
      yOffset="12vh"
      transitionProps={{ duration: 80 }}
      closeButtonProps={{ 'aria-label': t('desk.close') }}
    >
      <TextInput
        autoFocus
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
        value={typed}
        onChange={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={move}
      />
      <Choices
        id={listId}
        name={title}
        choices={found}
        place={current}
        onPoint={setPlace}
        onChoose={onChoose}
      />
    </Modal>
  )
}

/** What is typed, what it finds, and which of that Enter would take. */
function useTyped(choices: readonly Choice[], onChoose: Props['onChoose']) {
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const found = matching(choices, typed)
  const current = Math.min(place, found.length - 1)
  const type = (text: string) => {
    setTyped(text)
    setPlace(0)
  }
  const move = (event: KeyboardEvent) => {
    const chosen = found[current]
    if (event.key === 'Enter' && chosen) onChoose(chosen.key, event.shiftKey)
    const step = steps[event.key] ?? 0
    setPlace(Math.max(0, Math.min(current + step, found.length - 1)))
    if (step !== 0 || event.key === 'Enter') event.preventDefault()
  }
  return { typed, type, found, current, setPlace, move }
}

interface ChoicesProps extends Pick<Props, 'choices' | 'onChoose'> {
  readonly id: string
  readonly name: string
  readonly place: number
  readonly onPoint: (place: number) => void
}

function Choices({ id, name, choices, place, onPoint, onChoose }: ChoicesProps) {
  const t = useWords()
  return (
    <>
      <div id={id} role="listbox" aria-label={name} className={styles.list}>
        {choices.map((choice, index) => (
          <div
            key={choice.key}
            id={`${id}-${index}`}
            ref={index === place ? scrollHere : undefined}
            role="option"
            aria-selected={index === place}
            data-dim={choice.isDim || undefined}
            className={styles.option}
            onPointerMove={() => onPoint(index)}
            onClick={event => onChoose(choice.key, event.shiftKey)}
          >
            {choice.body}
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className={styles.none}>{t('desk.nothingFound')}</p>}
    </>
  )
}

const scrollHere = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })
