import { ActionIcon, Kbd, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { focusList } from '../state/list-focus.ts'
import { searchFor } from '../state/search.ts'
import { useView } from '../state/view.ts'
import { useKeyLabels } from './layout.ts'
import { useWords } from './use-words.ts'

const fieldId = 'desk-search'

export const focusSearch = (): void => document.getElementById(fieldId)?.focus()

/** Search as you type; Enter and the arrow lead into the list, Esc clears. */
export function SearchField() {
  const t = useWords()
  const labelOf = useKeyLabels()
  const text = useView(view => view.searchText)
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') searchFor('')
    if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) {
      event.preventDefault()
      focusList()
    }
  }
  return (
    <TextInput
      id={fieldId}
      size="xs"
      w={260}
      value={text}
      aria-label={t('desk.search')}
      placeholder={t('desk.search')}
      leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
      rightSection={
        text === '' ? (
          <Kbd size="xs" aria-hidden>
            {labelOf('Slash')}
          </Kbd>
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('desk.searchClear')}
            onClick={() => searchFor('')}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )
      }
      onChange={event => searchFor(event.currentTarget.value)}
      onKeyDown={key}
    />
  )
}
