import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowsMaximize, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { sayTime } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useWorld } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { type Group, groupsOf } from './groups.ts'
import { PersonLine } from './person-line.tsx'
import styles from './free.module.css'

/** «Кто свободен»: a board to be read, also from across the room; nothing is done here. */
export function FreeView() {
  const world = useWorld()
  return world && <InWorld world={world} />
}

function InWorld({ world }: { readonly world: World }) {
  const t = useWords()
  const view = useRef<HTMLElement>(null)
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
  const cases = useReplica(replica => replica.cases)
  const groups = useMemo(() => groupsOf(cases, world, wanted), [cases, world, wanted])
  return (
    <section ref={view} className={styles.view} aria-label={t('desk.view.free')}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('desk.view.free')}</h1>
        <Summary groups={groups} />
        <TextInput
          size="sm"
          w={220}
          className={styles.tool}
          value={typed}
          aria-label={t('board.findPerson')}
          placeholder={t('board.findPerson')}
          leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
          onChange={event => setTyped(event.currentTarget.value)}
          onKeyDown={event => event.key === 'Escape' && setTyped('')}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={styles.tool}
          aria-label={t('board.wholeScreen')}
          title={t('board.wholeScreen')}
          onClick={() => void turnWhole(view.current)}
        >
          <IconArrowsMaximize size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </header>
      <div className={styles.groups} tabIndex={0} role="group" aria-label={t('board.people')}>
        <div className={styles.columns}>
          {groups.map(group => (
            <Department key={group.id} group={group} />
          ))}
        </div>
        {groups.length === 0 && <p className={styles.nobody}>{t('board.nobodyFound')}</p>}
      </div>
    </section>
  )
}

/** On a screen on the wall the board stands alone; the same button brings the desk back. */
async function turnWhole(view: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await view?.requestFullscreen()
}

function Summary({ groups }: { readonly groups: readonly Group[] }) {
  const t = useWords()
  const place = usePlace()
  const people = new Map(groups.flatMap(group => group.people.map(one => [one.employee, one])))
  const free = [...people.values()].filter(({ isFree }) => isFree).length
  return (
    <p className={styles.summary}>
      {t('board.freeOf', { count: free, total: people.size })}
      <time className={styles.clock}>{sayTime(place.now, place)}</time>
    </p>
  )
}

const longFrom = 24

function Department({ group: { id, name, people, free } }: { readonly group: Group }) {
  const t = useWords()
  return (
    <table
      className={styles.department}
      data-long={people.length > longFrom || undefined}
      aria-labelledby={`free-${id}`}
    >
      <caption className={styles.caption} id={`free-${id}`}>
        <span className={styles.name}>{name}</span>{' '}
        <span className={styles.quiet}>
          {t('board.freeOf', { count: free, total: people.length })}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('board.who')}</th>
          <th scope="col">{t('board.load')}</th>
          <th scope="col">{t('board.current')}</th>
          <th scope="col">{t('board.freeAt')}</th>
          <th scope="col" className={styles.number}>
            {t('board.behind')}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map(person => (
          <PersonLine key={person.employee.employeeId} person={person} />
        ))}
      </tbody>
    </table>
  )
}
