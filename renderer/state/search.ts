import { core } from './core.ts'
import { reportProblem } from './report.ts'
import { useView } from './view.ts'

const pauseMs = 120
const mostFound = 200
let timer: ReturnType<typeof setTimeout> | undefined

/** Looks for the text: at once in what the window holds, a moment later in everything the core has. */
export function searchFor(searchText: string): void {
  clearTimeout(timer)
  const text = searchText.trim()
  useView.setState({ searchText, found: null })
  if (text.length > 0) timer = setTimeout(() => ask(text), pauseMs)
}

function ask(text: string): void {
  core.search({ text, limit: mostFound }).then(
    found => {
      if (useView.getState().searchText.trim() === text) useView.setState({ found })
    },
    (error: unknown) => reportProblem(`search: ${String(error)}`),
  )
}
