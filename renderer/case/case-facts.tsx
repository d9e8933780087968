import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Case, untilChange } from '../../core/domain/case.ts'
import { sayAge } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { usePlace } from '../ui/sentence.ts'
import { Effort } from './effort.tsx'
import { DateAndTime, TwoZones } from './moments.tsx'
import { Whose } from './whose.tsx'
import styles from './case.module.css'

/** What is known of a case, line by line; what is unknown is left out. */
export function CaseFacts({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const { isMasked } = theCase
  return (
    <dl className={styles.facts}>
      {!isMasked && <Fact name="client">{theCase.clientName}</Fact>}
      <Fact name="kind">
        <KindName theCase={theCase} />
      </Fact>
      {!isMasked && <Fact name="source">{t(`case.source.${theCase.source}`)}</Fact>}
      <Whose theCase={theCase} Fact={Fact} />
      <Fact name="due">
        {theCase.dueAt !== null && (
          <TwoZones at={theCase.dueAt} departmentId={theCase.departmentId} />
        )}
      </Fact>
      <Deferred until={theCase.deferredUntil} />
      <Fact name="weight">
        <Effort theCase={theCase} />
      </Fact>
      {!isMasked && <Fact name="skill">{theCase.requiredSkill}</Fact>}
      {!isMasked && <Times theCase={theCase} />}
    </dl>
  )
}

interface FactProps {
  readonly name: string
  readonly children: ReactNode
}
export type FactComponent = (props: FactProps) => ReactNode

function Fact({ name, children }: FactProps) {
  const { t } = useTranslation()
  if (children === null || children === false || children === '') return null
  return (
    <>
      <dt>{t(`case.fact.${name}`)}</dt>
      <dd>{children}</dd>
    </>
  )
}

function KindName({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const kind = useReplica(({ kinds }) => theCase.kindId && kinds.get(theCase.kindId))
  return kind ? kind.name : t('case.noKind')
}

function Deferred({ until }: { readonly until: number | null }) {
  const { t } = useTranslation()
  const { now } = usePlace()
  if (until === null || until <= now) return null
  return (
    <Fact name="deferred">
      {until >= untilChange ? t('case.untilChange') : <DateAndTime at={until} />}
    </Fact>
  )
}

function Times({
  theCase: { createdAt, assignedAt, closedAt, updatedAt },
}: {
  readonly theCase: Case
}) {
  return (
    <>
      <Fact name="created">
        <Ago at={createdAt} />
      </Fact>
      <Fact name="assigned">{assignedAt !== null && <Ago at={assignedAt} />}</Fact>
      <Fact name="closed">{closedAt !== null && <Ago at={closedAt} />}</Fact>
      <Fact name="updated">{updatedAt !== createdAt && <Ago at={updatedAt} />}</Fact>
    </>
  )
}

const longAgoMs = 90 * 86_400_000

/** «12.11, 09:14 · 3 д назад»; long ago the date says enough. */
function Ago({ at }: { readonly at: number }) {
  const { t } = useTranslation()
  const { language, now } = usePlace()
  return (
    <>
      <DateAndTime at={at} />
      {now - at < longAgoMs && (
        <span className={styles.quiet}> · {sayAge(t, Math.max(0, now - at), language)}</span>
      )}
    </>
  )
}
