import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ActResult } from '../../core/contract.ts'
import { severityOf } from '../../core/domain/assign.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { undoLast } from '../state/acts.ts'
import { useKnownCases } from '../state/closed-lately.ts'
import type { Toast } from '../state/view.ts'
import { useActName } from './act-name.ts'
import { useSentence } from './sentence.ts'
import { useWords } from './use-words.ts'
import styles from './toaster.module.css'

/** The sentence of one toast, and what the head can still do about it. */
export function ToastBody({ toast }: { readonly toast: Toast }) {
  const t = useWords()
  const nameOf = useActName()
  const sentence = useSentence()
  const warningOf = useWarning()
  switch (toast.kind) {
    case 'done':
      return (
        <>
          <div className={styles.line}>
            <span data-testid="toast-text">{nameOf(toast.label)}</span>
            {toast.label.verb !== 'undo' && <UndoButton />}
          </div>
          <Refusals refused={toast.refused} />
        </>
      )
    case 'refused':
      return (
        <>
          {toast.code ? sentence({ code: toast.code }) : t('desk.toast.nothingDone')}
          <Refusals refused={toast.refused} />
        </>
      )
    case 'warned':
      return warningOf(toast)
    case 'broken':
      return t('desk.toast.broken')
    case 'said':
      return toast.text
  }
}

/** Good to know before a drop, beside the point when it is refused. */
const background: ReadonlySet<string> = new Set(['load', 'freeAt', 'knowsClient', 'leadsClient'])

/** What forbids it, and only where nothing does what speaks against it. */
function againstIt(reasons: readonly Reason[]): readonly Reason[] {
  const forbidding = reasons.filter(reason => severityOf(reason) === 'blocked')
  return forbidding.length > 0 ? forbidding : reasons.filter(({ code }) => !background.has(code))
}

function useWarning(): (toast: Toast & { readonly kind: 'warned' }) => string {
  const t = useWords()
  const sentence = useSentence()
  return ({ name, reasons, verdict, digit }) => {
    const values = { name, reasons: againstIt(reasons).map(sentence).join(', ') }
    if (verdict === 'blocked') return t('desk.toast.blocked', values)
    if (digit === null) return t('desk.toast.warned', values)
    return t('desk.toast.warnedKey', { ...values, digit })
  }
}

function UndoButton() {
  const t = useWords()
  const undo = () => {
    notifications.clean()
    undoLast()
  }
  return (
    <Button size="compact-sm" variant="subtle" onClick={undo}>
      {t('desk.undo')}
    </Button>
  )
}

const mostShown = 4

/** Those of the selected that did not change, each with its reason. */
function Refusals({ refused }: { readonly refused: ActResult['refused'] }) {
  const t = useWords()
  const sentence = useSentence()
  const cases = useKnownCases()
  if (refused.length === 0) return null
  return (
    <ul className={styles.refused}>
      {refused.slice(0, mostShown).map(({ caseId, reasons }) => (
        <li key={caseId}>
          {t('desk.toast.refusedCase', {
            number: cases.get(caseId)?.number ?? '…',
            reasons: againstIt(reasons).map(sentence).join(', '),
          })}
        </li>
      ))}
      {refused.length > mostShown && (
        <li>{t('desk.toast.more', { count: refused.length - mostShown })}</li>
      )}
    </ul>
  )
}
