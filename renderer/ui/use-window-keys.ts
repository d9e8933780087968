import { useEffect } from 'react'
import { commandOf, everywhere, isTyping } from './keys.ts'
import { learnLayout } from './layout.ts'
import { isAsking } from './palette-store.ts'
import { runCommand } from './run-command.ts'

/** The keys that work wherever the focus is; the layout is asked again whenever the window is entered. */
export function useWindowKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (event.defaultPrevented || !command || !everywhere.has(command.kind)) return
      if (isTyping(event.target) && command.kind !== 'palette') return
      if (isAsking()) return
      if (runCommand(command)) event.preventDefault()
    }
    const learn = () => void learnLayout()
    learn()
    window.addEventListener('keydown', press)
    window.addEventListener('focus', learn)
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('focus', learn)
    }
  }, [])
}
