import { Kbd } from '@mantine/core'
import { useKeyLabels } from './layout.ts'

const isCode = (key: string) => /^(Key|Digit|Slash|Bracket|Enter|Space|Escape)/.test(key)

/** Keys as the keyboard of this head prints them; each is a code or what is written on it. */
export function Keycaps({ keys }: { readonly keys: readonly string[] }) {
  const labelOf = useKeyLabels()
  return keys.map(key => (
    <Kbd key={key} size="xs">
      {isCode(key) ? labelOf(key) : key}
    </Kbd>
  ))
}
