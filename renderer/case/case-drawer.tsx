import { Button, Loader, Tabs, Text } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../core/domain/case.ts'
import { focusList } from '../state/list-focus.ts'
import { useReplica } from '../state/replica.ts'
import { closeCase, useView } from '../state/view.ts'
import { Notice } from '../ui/notice.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseHead, CloseButton } from './case-head.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseText } from './case-text.tsx'
import { askAgain, useDetail } from './detail.ts'
import styles from './case.module.css'

/** One case: what it is, whose it is, what was done with it. The list stays at work beside it. */
export function CaseDrawer() {
  const { t } = useTranslation()
  const openCaseId = useView(view => view.openCaseId)
  const held = useReplica(replica => openCaseId && replica.cases.get(openCaseId))
  const { detail, isAnswered, problem } = useDetail()
  const asked = detail?.theCase.caseId === openCaseId ? detail.theCase : null
  const theCase = held || asked || null
  const frame = useFocus(openCaseId !== null, theCase)
  if (openCaseId === null) return null
  return (
    <section
      ref={frame}
      tabIndex={-1}
      className={styles.frame}
      aria-label={theCase ? t('case.name', { number: theCase.number }) : t('case.unnamed')}
      onKeyDown={closeOnEscape}
    >
      {problem !== null && <Problem text={problem} />}
      {theCase ? <OpenCase theCase={theCase} /> : <Missing isAnswered={isAnswered} />}
    </section>
  )
}

function closeOnEscape(event: KeyboardEvent) {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  event.stopPropagation()
  closeCase()
}

/**
 * The keyboard follows into the opened case and goes back to where it was when it closes; it does
 * not get lost when the button that was pressed is no longer offered.
 */
function useFocus(isOpen: boolean, theCase: Case | null) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const before = document.activeElement
    const wasInList = before?.closest('[role="grid"]') !== null
    frame.current?.focus({ preventScroll: true })
    return () => {
      if (wasInList) focusList()
      else if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [isOpen])
  useEffect(() => {
    const isLost = document.activeElement === document.body
    if (theCase && isLost) frame.current?.focus({ preventScroll: true })
  }, [theCase])
  return frame
}

function Problem({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  return (
    <div className={styles.problem}>
      <Notice tone="bad">
        {text}
        <Button size="compact-xs" variant="default" mt={4} onClick={askAgain}>
          {t('case.again')}
        </Button>
      </Notice>
    </div>
  )
}

function Missing({ isAnswered }: { readonly isAnswered: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={styles.topLine}>
        <CloseButton />
      </div>
      <div className={styles.missing} role="status">
        {isAnswered ? (
          <Text>{t('case.gone')}</Text>
        ) : (
          <Loader size="sm" color="gray" aria-label={t('case.loading')} />
        )}
      </div>
    </>
  )
}

function OpenCase({ theCase }: { readonly theCase: Case }) {
  return (
    <>
      <CaseHead theCase={theCase} />
      {theCase.isMasked ? (
        <Masked theCase={theCase} />
      ) : (
        <CaseTabs key={theCase.caseId} theCase={theCase} />
      )}
    </>
  )
}

function CaseTabs({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  return (
    <Tabs defaultValue="facts" className={styles.tabs} keepMounted={false}>
      <Tabs.List className={styles.tabList}>
        <Tabs.Tab value="facts">{t('case.tab.facts')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('case.tab.history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="facts" className={styles.panel}>
        <CaseFacts theCase={theCase} />
        <CaseText />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={styles.panel}>
        <CaseHistory />
      </Tabs.Panel>
    </Tabs>
  )
}

/** Not mine to read: its load counts, so its weight, kind and due are all there is. */
function Masked({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  return (
    <div className={styles.panel}>
      <div className={styles.maskedNotice}>
        <Notice tone="quiet" title={t('case.masked.title')}>
          {t('case.masked.text')}
        </Notice>
      </div>
      <CaseFacts theCase={theCase} />
    </div>
  )
}
