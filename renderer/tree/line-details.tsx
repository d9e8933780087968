import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { headFor } from '../../core/domain/head-for.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import type { Absence, Department, Employee, Substitution } from '../../core/domain/org.ts'
import { sayDate } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { show, showPerson } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { usePlace, useSentence } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { EditDepartment } from './edit-department.tsx'
import { EditPerson } from './edit-person.tsx'
import { LineHistory } from './line-history.tsx'
import type { OrgLine } from './org-lines.ts'
import { openLine } from './tree-state.ts'
import edit from './edit.module.css'
import styles from './line-details.module.css'

interface Props {
  readonly world: World
  readonly line: OrgLine
}

/** Beside the tree: everything known of one department or person. */
export function LineDetails({ world, line }: Props) {
  const t = useWords()
  const canEdit = useReplica(replica => replica.canEditOrg)
  const [tab, setTab] = useState<(typeof tabs)[number]>('facts')
  const name =
    line.kind === 'department'
      ? line.department.name
      : line.kind === 'person'
        ? line.employee.name
        : ''
  return (
    <aside className={styles.panel} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.title}>{name}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('desk.close')} onClick={close}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </header>
      {canEdit && (
        <SegmentedControl
          size="xs"
          className={edit.tabs}
          aria-label={t('orgEdit.tab.label')}
          value={tab}
          data={tabs.map(value => ({ value, label: t(`orgEdit.tab.${value}`) }))}
          onChange={chosen => setTab(tabs.find(one => one === chosen) ?? 'facts')}
        />
      )}
      {canEdit && tab === 'edit' && line.kind === 'department' && (
        <EditDepartment world={world} department={line.department} />
      )}
      {canEdit && tab === 'edit' && line.kind === 'person' && (
        <EditPerson world={world} employee={line.employee} />
      )}
      {canEdit && tab === 'history' && <LineHistory id={idOf(line)} />}
      {(!canEdit || tab === 'facts') && <Facts world={world} line={line} />}
    </aside>
  )
}

const tabs = ['facts', 'edit', 'history'] as const

function idOf(line: OrgLine): string {
  if (line.kind === 'department') return line.department.departmentId
  return line.kind === 'person' ? line.employee.employeeId : line.key
}

function Facts({ world, line }: Props) {
  const t = useWords()
  return (
    <>
      <dl className={styles.facts}>
        {line.kind === 'department' && (
          <DepartmentFacts world={world} department={line.department} />
        )}
        {line.kind === 'person' && <PersonFacts world={world} employee={line.employee} />}
      </dl>
      {line.kind === 'person' && line.load && (
        <Button
          size="xs"
          variant="default"
          className={styles.button}
          onClick={() => {
            show('team')
            showPerson(line.employee.employeeId)
          }}
        >
          {t('org.details.cases')}
        </Button>
      )}
    </>
  )
}

function close(): void {
  openLine(null)
  document.querySelector<HTMLElement>('[data-org-tree]')?.focus()
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const t = useWords()
  return (
    <>
      <dt>{t(`org.details.${name}`)}</dt>
      <dd>{children}</dd>
    </>
  )
}

function DepartmentFacts({ world, department }: { world: World; department: Department }) {
  const { index } = world
  const { departmentId, parentId, defaultLimit, zone } = department
  const headId = index.headOf.get(departmentId)
  const posts = index.org.posts
    .filter(post => post.departmentId === departmentId)
    .toSorted((a, b) => Number(b.isHead) - Number(a.isHead))
  const above = parentId === null ? undefined : index.departmentById.get(parentId)
  return (
    <>
      <Fact name="route">
        <Route world={world} department={department} />
      </Fact>
      {above && <Fact name="above">{above.name}</Fact>}
      {headId !== undefined && <Times world={world} employeeId={headId} />}
      <Fact name="posts">
        <ul className={styles.list}>
          {posts.map(post => (
            <li key={post.postId}>
              {post.name} <span className={styles.quiet}>{nameOf(world, post.employeeId)}</span>
            </li>
          ))}
        </ul>
      </Fact>
      {defaultLimit !== null && <Fact name="limit">{defaultLimit}</Fact>}
      {zone !== null && <Fact name="zone">{zone}</Fact>}
    </>
  )
}

const nameOf = ({ index }: World, id: EmployeeId | null): string =>
  (id && index.employeeById.get(id)?.name) || '—'

/** Who receives what nobody is responsible for, and the way the answer was found. */
function Route({ world, department }: { world: World; department: Department }) {
  const t = useWords()
  const sentence = useSentence()
  const { headId, path } = headFor(world.index, department.departmentId, world.now)
  const why = path.map(sentence).join('; ')
  return (
    <>
      {headId === null ? t('org.details.nobody') : nameOf(world, headId)}
      <span className={styles.quiet}> {why || t('org.details.routeHead')}</span>
    </>
  )
}

function PersonFacts({ world, employee }: { world: World; employee: Employee }) {
  const t = useWords()
  const { index } = world
  const posts = index.postsOf.get(employee.employeeId) ?? []
  return (
    <>
      {employee.isDismissed && <Fact name="people">{t('org.details.dismissed')}</Fact>}
      <Fact name="posts">
        <ul className={styles.list}>
          {posts.map(post => (
            <li key={post.postId}>
              {post.name}{' '}
              <span className={styles.quiet}>
                {index.departmentById.get(post.departmentId)?.name}
              </span>
            </li>
          ))}
        </ul>
      </Fact>
      <Times world={world} employeeId={employee.employeeId} />
      {employee.skills.length > 0 && <Fact name="skills">{employee.skills.join(', ')}</Fact>}
      <Fact name="week">{t(employee.week ? 'org.details.own' : 'org.details.ordinary')}</Fact>
    </>
  )
}

/** Absences and substitutions of a person that are not over. */
function Times({ world, employeeId }: { world: World; employeeId: EmployeeId }) {
  const { index, now } = world
  const absences = (index.absencesOf.get(employeeId) ?? []).filter(one => one.untilAt > now)
  const substitutions = index.org.substitutions.filter(
    one => one.untilAt > now && (one.employeeId === employeeId || one.substituteId === employeeId),
  )
  return (
    <>
      {absences.length > 0 && (
        <Fact name="absences">
          <ul className={styles.list}>
            {absences.map(one => (
              <AbsenceLine key={one.absenceId} absence={one} />
            ))}
          </ul>
        </Fact>
      )}
      {substitutions.length > 0 && (
        <Fact name="substitutions">
          <ul className={styles.list}>
            {substitutions.map(one => (
              <SubstitutionLine key={one.substitutionId} world={world} substitution={one} />
            ))}
          </ul>
        </Fact>
      )}
    </>
  )
}

function AbsenceLine({ absence }: { readonly absence: Absence }) {
  const t = useWords()
  return (
    <li>
      {t(`org.absence.${absence.kind}`)}{' '}
      <Period fromAt={absence.fromAt} untilAt={absence.untilAt} />
    </li>
  )
}

function SubstitutionLine({ world, substitution }: { world: World; substitution: Substitution }) {
  const t = useWords()
  const { employeeId, substituteId, fromAt, untilAt } = substitution
  return (
    <li>
      {t('org.details.substitutes', {
        who: nameOf(world, substituteId),
        whom: nameOf(world, employeeId),
      })}{' '}
      <Period fromAt={fromAt} untilAt={untilAt} />
    </li>
  )
}

/** Farther than this a period has no end anybody planned. */
const noEndMs = 20 * 365 * 86_400_000

function Period({ fromAt, untilAt }: { readonly fromAt: number; readonly untilAt: number }) {
  const t = useWords()
  const place = usePlace()
  const until = untilAt - place.now > noEndMs ? t('org.details.forever') : sayDate(untilAt, place)
  return (
    <span className={styles.quiet}>
      {t('org.details.period', { from: sayDate(fromAt, place), until })}
    </span>
  )
}
