import { IconCircleCheckFilled, IconCircleDot, IconMoon } from '@tabler/icons-react'
import type { Case } from '../../core/domain/case.ts'
import type { Freeness } from '../../core/domain/free.ts'
import { sayNumber, sayWhen } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { LoadBar } from '../ui/load-bar.tsx'
import { usePlace, useShortSentence } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './free.module.css'

const pictures = { free: IconCircleCheckFilled, busy: IconCircleDot, away: IconMoon }

/** One person: how loaded, at what, free when, and how much is not yet begun. */
export function PersonLine({ person }: { readonly person: Freeness }) {
  const t = useWords()
  const short = useShortSentence()
  const { language } = usePlace()
  const { employee, points, limit, current, behind, isFree, hindrance } = person
  const state = isFree ? 'free' : hindrance ? 'away' : 'busy'
  const Picture = pictures[state]
  const number = (value: number) => sayNumber(value, language)
  return (
    <tr className={styles.person} data-state={state}>
      <th scope="row" className={styles.who}>
        <span className={styles.whoBox}>
          <Picture className={styles.state} role="img" aria-label={t(`board.state.${state}`)} />
          <span className={styles.whoText}>
            <span className={styles.whoName} title={employee.name}>
              {employee.name}
            </span>
            {hindrance && <span className={styles.why}>{short(hindrance)}</span>}
          </span>
        </span>
      </th>
      <td className={styles.load}>
        <span className={styles.loadBox}>
          <LoadBar points={points} limit={limit} />
          <span className={styles.points}>
            {number(points)}/{number(limit)}
          </span>
        </span>
      </td>
      <td className={styles.current}>{current && <Current theCase={current} />}</td>
      <td className={styles.freeAt}>
        <FreeAt person={person} />
      </td>
      <td className={styles.number}>{behind > 0 ? number(behind) : '—'}</td>
    </tr>
  )
}

function Current({ theCase }: { readonly theCase: Case }) {
  const t = useWords()
  const kinds = useReplica(replica => replica.kinds)
  const { isMasked, number, subject, kindId } = theCase
  const kind = kindId === null ? undefined : kinds.get(kindId)?.name
  if (isMasked) return <span className={styles.quiet}>{kind ?? t('board.masked')}</span>
  return (
    <span className={styles.case} title={subject}>
      <span className={styles.quiet}>{t('desk.oneCase', { number })}</span> {subject}
    </span>
  )
}

function FreeAt({ person: { freeAt, isFree } }: { readonly person: Freeness }) {
  const t = useWords()
  const place = usePlace()
  if (isFree) return t('board.now')
  return freeAt === null ? t('board.notSoon') : sayWhen(t, freeAt, place)
}
