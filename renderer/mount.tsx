import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startCaseLinks } from './state/case-link.ts'
import { reportProblem } from './state/report.ts'
import { theme } from './theme.ts'
import { ProblemBoundary } from './ui/problem.tsx'
import { words } from './ui/words.ts'

/** Draws the window into the page. */
export function mount(root: HTMLElement): void {
  startCaseLinks(number => words.t('desktop.noSuchCase', { number }))
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'nachalo-theme' })}
    >
      <Notifications
        position="bottom-center"
        limit={2}
        transitionDuration={90}
        containerWidth={560}
        className="desk-toasts"
      />
      <ProblemBoundary report={reportProblem}>
        <App />
      </ProblemBoundary>
    </MantineProvider>,
  )
}
