import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import type { Case } from '../../core/domain/case.ts'
import { byName } from '../state/by-name.ts'
import { core } from '../state/core.ts'
import { focusList } from '../state/list-focus.ts'
import { reportProblem } from '../state/report.ts'
import { useWorld } from '../state/select.ts'
import { openCase, show, showPerson, targetsOf, useView } from '../state/view.ts'
import { keysOf } from './key-table.ts'
import { Keycaps } from './keycaps.tsx'
import type { KeyCommand, KeyName } from './keys.ts'
import { matching } from './matching.ts'
import { paletteStore } from './palette-store.ts'
import { runCommand } from './run-command.ts'
import { useWords } from './use-words.ts'
import styles from './palette.module.css'

interface Entry extends SpotlightActionData {
  readonly text: string
}
interface Group {
  readonly group: string
  readonly actions: Entry[]
}

const overlay = { backgroundOpacity: 0.28, blur: 0 }
const mostOfKind = 6
const views = [
  'inbox',
  'plan',
  'team',
  'load',
  'tree',
  'board',
  'free',
  'sync',
  'settings',
] as const
const verbs = ['whom', 'take', 'department', 'defer', 'return', 'open'] as const
const everywhere = ['plan', 'undo', 'redo', 'search', 'keys'] as const

/** Ctrl+K: every verb, view, person, department and case by a few letters. */
export function Palette() {
  const t = useWords()
  const [query, setQuery] = useState('')
  const { found, look } = useFoundCases()
  const fixed = useFixedGroups()
  const name = t('desk.palette.type')
  const groups = [
    ...fixed.map(({ group, actions }) => ({
      group,
      actions: matching(actions, query).slice(0, query === '' ? actions.length : mostOfKind),
    })),
    { group: t('desk.palette.cases'), actions: found.map(one => caseEntry(t, one)) },
  ].filter(({ actions }) => actions.length > 0)
  useFirstMarked(query, found)
  const isCaseOpen = useView(view => view.openCaseId !== null)
  return (
    <Spotlight
      store={paletteStore}
      actions={groups}
      filter={(_query, actions) => actions}
      query={query}
      onQueryChange={text => {
        setQuery(text)
        look(text)
      }}
      shortcut={null}
      attributes={{ content: { 'aria-label': name } }}
      classNames={{ actionLabel: styles.label }}
      nothingFound={t('desk.nothingFound')}
      scrollable
      overlayProps={overlay}
      maxHeight="60vh"
      transitionProps={{ duration: 80 }}
      returnFocus={!isCaseOpen}
      onSpotlightClose={() => {
        if (!isCaseOpen) focusList()
      }}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        autoFocus: true,
        placeholder: name,
        'aria-label': name,
      }}
    />
  )
}

/** What is found later than typed is marked too, as the arrow would mark it, so that Enter takes it. */
function useFirstMarked(query: string, found: readonly Case[]): void {
  useEffect(() => {
    if (
      query === '' ||
      found.length === 0 ||
      document.querySelector('[data-action][data-selected]')
    )
      return
    const down = new KeyboardEvent('keydown', { code: 'ArrowDown', bubbles: true })
    document.activeElement?.dispatchEvent(down)
  }, [query, found])
}

const caseEntry = (t: TFunction, { caseId, number, subject, clientName }: Case): Entry => ({
  id: caseId,
  text: subject,
  label: `${t('desk.oneCase', { number })} ${subject}`,
  description: clientName ?? '',
  onClick: () => openCase(caseId),
})

/** Cases are found by the core; an answer to an older question is not shown. */
function useFoundCases(): { found: readonly Case[]; look(text: string): void } {
  const [answer, setAnswer] = useState<{ text: string; cases: readonly Case[] }>({
    text: '',
    cases: [],
  })
  const look = (text: string) => {
    const wanted = text.trim()
    setAnswer({ text: wanted, cases: [] })
    if (wanted === '') return
    core.search({ text: wanted, limit: mostOfKind }).then(
      ({ cases }) => setAnswer(now => (now.text === wanted ? { text: wanted, cases } : now)),
      (error: unknown) => reportProblem(`search: ${String(error)}`),
    )
  }
  return { found: answer.cases, look }
}

const commandNamed = (kind: KeyName): KeyCommand => ({ kind })

function useFixedGroups(): readonly Group[] {
  const t = useWords()
  const world = useWorld()
  const hasTargets = useView(view => targetsOf(view).length > 0)
  const entry = (id: string, label: string, onClick: () => void, description = ''): Entry => ({
    id,
    text: `${label} ${description}`,
    label,
    description,
    onClick,
  })
  // In the list of keys the last one is called «this list».
  const verbName = (name: string) =>
    name === 'keys' ? t('desk.keys.title') : t(`desk.key.${name}`)
  const verbEntry = (name: (typeof verbs)[number] | (typeof everywhere)[number]): Entry => ({
    ...entry(name, verbName(name), () => runCommand(commandNamed(name))),
    rightSection: (
      <span className={styles.keys}>
        <Keycaps keys={keysOf.get(name) ?? []} />
      </span>
    ),
  })
  const { employees = [], departments = [] } = world?.index.org ?? {}
  const headName = (id: (typeof departments)[number]['departmentId']) => {
    const headId = world?.index.headOf.get(id)
    return (headId && world?.index.employeeById.get(headId)?.name) || ''
  }
  return [
    {
      group: t('desk.palette.verbs'),
      actions: [...(hasTargets ? verbs : []), ...everywhere].map(verbEntry),
    },
    {
      group: t('desk.palette.views'),
      actions: views.map(view => entry(`view:${view}`, t(`desk.view.${view}`), () => show(view))),
    },
    {
      group: t('desk.palette.people'),
      actions: employees
        .filter(one => !one.isDismissed)
        .toSorted(byName)
        .map(({ employeeId, name }) =>
          entry(employeeId, name, () => {
            show('team')
            showPerson(employeeId)
          }),
        ),
    },
    {
      group: t('desk.palette.departments'),
      actions: departments
        .toSorted(byName)
        .map(({ departmentId, name }) =>
          entry(departmentId, name, () => show('team'), headName(departmentId)),
        ),
    },
  ]
}
