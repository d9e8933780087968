import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { OrgHistoryAnswer } from '../../core/contract-org.ts'
import type { OrgHistoryEntry } from '../../core/domain/org-edit.ts'
import { sayWhen } from '../../core/words/say.ts'
import { core } from '../state/core.ts'
import { takeBack } from '../state/org-edits.ts'
import { useReplica } from '../state/replica.ts'
import { useEditInWords } from '../ui/edit-words.ts'
import { usePlace, useSentence } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './edit.module.css'

const mostAsked = 500

/** Who changed this line, when and how; asked anew when an edit of mine has gone its way. */
export function LineHistory({ id }: { readonly id: string }) {
  const pending = useReplica(replica => replica.orgPending)
  return <Told key={JSON.stringify(pending)} id={id} />
}

/** As the hub tells it, the newest first. */
function Told({ id }: { readonly id: string }) {
  const t = useWords()
  const [answer, setAnswer] = useState<OrgHistoryAnswer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const sentence = useSentence()
  useEffect(() => {
    let isLeft = false
    const heard = (told: OrgHistoryAnswer) => isLeft || setAnswer(told)
    core.orgHistory({ limit: mostAsked }).then(heard, () => heard({ kind: 'offline' }))
    return () => {
      isLeft = true
    }
  }, [])
  if (!answer) return <p className={styles.said}>{t('orgEdit.history.asking')}</p>
  if (answer.kind !== 'told')
    return <p className={styles.said}>{t(`orgEdit.history.${answer.kind}`)}</p>
  const entries = answer.entries.filter(entry => isAbout(entry, id))
  const back = async (entry: OrgHistoryEntry) => {
    const reasons = await takeBack(entry)
    setProblem(reasons.length > 0 ? reasons.map(sentence).join(' ') : null)
  }
  return (
    <>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {entries.length === 0 && <p className={styles.said}>{t('orgEdit.history.empty')}</p>}
      <ol className={styles.history}>
        {entries.map(entry => (
          <Entry key={entry.editId} entry={entry} back={() => void back(entry)} />
        ))}
      </ol>
      {answer.isMore && (
        <p className={styles.said}>{t('orgEdit.history.more', { count: mostAsked })}</p>
      )}
    </>
  )
}

/** The record itself, or one that names it: a post of the department, an absence of the person. */
const isAbout = ({ id: of, from, to }: OrgHistoryEntry, id: string): boolean =>
  of === id ||
  [from, to].some(({ departmentId, parentId, employeeId, substituteId }) =>
    [departmentId, parentId, employeeId, substituteId].some(named => named === id),
  )

function Entry({ entry, back }: { readonly entry: OrgHistoryEntry; readonly back: () => void }) {
  const t = useWords()
  const place = usePlace()
  const inWords = useEditInWords()
  const who = useReplica(
    ({ org }) => org.employees.find(one => one.employeeId === entry.employeeId)?.name,
  )
  const { title, lines } = inWords(entry)
  return (
    <li className={styles.entry}>
      <span className={styles.quiet}>
        {t('orgEdit.history.who', {
          who: who ?? t('orgEdit.history.somebody'),
          when: sayWhen(t, entry.at, place),
        })}
      </span>
      <span>{title}</span>
      {lines.map(line => (
        <span key={line}>{line}</span>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        className={styles.button}
        aria-label={t('orgEdit.history.backNamed', { name: `${title}: ${lines.join(', ')}` })}
        onClick={back}
      >
        {t('orgEdit.history.back')}
      </Button>
    </li>
  )
}
