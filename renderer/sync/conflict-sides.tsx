import { useTranslation } from 'react-i18next'
import type { Conflict, OutboxItem } from '../../core/contract.ts'
import type { Fields } from '../../core/domain/decision.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import { absenceAt } from '../../core/domain/org-index.ts'
import { sayNumber, sayUntil, sayWhen } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useWorld } from '../state/select.ts'
import { usePlace } from '../ui/sentence.ts'
import { useFieldsInWords, useNames } from './decision-name.ts'
import styles from './conflict.module.css'

interface Props {
  readonly item: OutboxItem
  readonly conflict: Conflict
}

/** What was, what I decided and what is now, with who and when. */
export function ConflictSides({ item: { decision, code }, conflict }: Props) {
  const { t } = useTranslation()
  const place = usePlace()
  const nameOf = useNames()
  const title = useReplica(replica => replica.space?.title)
  const { base, mine, theirs, changedBy, changedAt } = conflict
  const when = (at: number) => sayWhen(t, at, place)
  const changer = nameOf(changedBy) ?? t('syncView.somebody')
  return (
    <dl className={styles.sides}>
      <Side name={t('syncView.side.base')} fields={base} note={t('syncView.side.baseNote')} />
      <Side
        name={t('syncView.side.mine')}
        fields={mine}
        note={t('syncView.side.mineNote', { when: when(decision.issuedAt) })}
        isMine
      />
      <Side
        name={t('syncView.side.theirs', { title: title || t('syncView.hub') })}
        fields={theirs}
        note={
          code === 'employeeAbsent'
            ? t('syncView.side.theirsSame')
            : changedAt === null
              ? t('syncView.side.theirsNoteNoTime', { name: changer })
              : t('syncView.side.theirsNote', { name: changer, when: when(changedAt) })
        }
      />
    </dl>
  )
}

interface SideProps {
  readonly name: string
  readonly fields: Fields
  readonly note: string
  readonly isMine?: boolean
}

function Side({ name, fields, note, isMine = false }: SideProps) {
  const inWords = useFieldsInWords()
  return (
    <div className={styles.side} data-mine={isMine || undefined}>
      <dt>{name}</dt>
      <dd>
        {inWords(fields).map(sentence => (
          <span key={sentence} className={styles.sideValue}>
            {sentence}
          </span>
        ))}
        {fields.responsible && <PersonNow employeeId={fields.responsible} />}
        <span className={styles.quiet}>{note}</span>
      </dd>
    </div>
  )
}

/** «6 из 10, на месте»: what it means to give the case to this person. */
function PersonNow({ employeeId }: { readonly employeeId: EmployeeId }) {
  const { t } = useTranslation()
  const place = usePlace()
  const world = useWorld()
  const load = world?.loads.get(employeeId)
  const employee = world?.index.employeeById.get(employeeId)
  if (!world || !load || !employee) return null
  const absence = absenceAt(world.index, employeeId, world.now)
  const number = (value: number) => sayNumber(value, place.language)
  const whether = employee.isDismissed
    ? t('syncView.dismissed')
    : absence
      ? t('syncView.away', { until: sayUntil(absence.untilAt, place) })
      : t('syncView.there')
  return (
    <span className={styles.quiet}>
      {t('syncView.personNow', { points: number(load.points), limit: number(load.limit), whether })}
    </span>
  )
}
