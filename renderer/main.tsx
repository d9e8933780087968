import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { reportProblem } from './state/report.ts'
import { startSession } from './state/session.ts'
import { theme } from './theme.ts'
import { ProblemBoundary } from './ui/problem.tsx'

window.addEventListener('error', event => reportProblem(event.message))
window.addEventListener('unhandledrejection', event => reportProblem(String(event.reason)))
startSession(problem => reportProblem(String(problem)))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
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
