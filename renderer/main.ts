import { reportProblem } from './state/report.ts'
import { startSession } from './state/session.ts'

window.addEventListener('error', event => reportProblem(event.message))
window.addEventListener('unhandledrejection', event => reportProblem(String(event.reason)))
// Asked first: while the core puts the answer together, the page reads its libraries.
startSession(problem => reportProblem(String(problem)))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const { mount } = await import('./mount.tsx')
mount(root)
