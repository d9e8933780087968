import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ToldPortalRule } from '../../core/contract-portal.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { IncomingKinds } from './incoming-kinds.tsx'
import { IncomingPeople } from './incoming-people.tsx'
import { IncomingStages } from './incoming-stages.tsx'
import { askPortalRule, changeBack, isSame, savePortalRule, usePortalRule } from './portal-rule.ts'
import { Section } from './section.tsx'
import styles from './settings.module.css'

/** What comes from a portal of Bitrix24, and which of it has no owner. */
export function Incoming() {
  const { t } = useTranslation()
  const { answer, problem } = usePortalRule()
  if (answer?.kind === 'none') return null
  return (
    <Section
      id="settings-incoming"
      title={t('settings.incoming.title')}
      text={t('settings.incoming.text')}
    >
      {problem !== null && <Away problem={problem} />}
      {answer?.kind === 'unreachable' && <Away reason={answer.reason} />}
      {answer === null && problem === null && (
        <div className={styles.reserved}>
          <Text size="sm" className={styles.quiet}>
            {t('settings.incoming.waiting')}
          </Text>
          <Waiting />
        </div>
      )}
      {answer?.kind === 'told' && <Form told={answer} />}
    </Section>
  )
}

interface AwayProps {
  /** Why the portal cannot be asked, or what else went wrong. */
  readonly reason?: Reason
  readonly problem?: string
}

function Away({ reason, problem }: AwayProps) {
  const { t } = useTranslation()
  return (
    <>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {reason && (
        <Notice
          tone="warn"
          title={t([`firstRun.probe.${reason.code}`, 'firstRun.probe.other'], reason)}
        >
          {t('settings.incoming.away')}
        </Notice>
      )}
      <div>
        <Button size="xs" variant="default" onClick={askPortalRule}>
          {t('settings.again')}
        </Button>
      </div>
    </>
  )
}

function Form({ told }: { readonly told: ToldPortalRule }) {
  const { t } = useTranslation()
  const { draft, refused, isSaved } = usePortalRule()
  const { isBusy, problem, attempt } = useAttempt()
  if (!draft) return null
  const isChanged = !isSame(draft, told.rule)
  const parts = { rule: draft, choices: told.choices, wrong: refused?.['field'] ?? null, isBusy }
  return (
    <>
      <IncomingKinds {...parts} />
      <IncomingPeople {...parts} />
      <IncomingStages {...parts} />
      <div className={styles.block}>
        <Text size="xs" className={styles.quiet}>
          {t('settings.incoming.will')}
        </Text>
        <div className={styles.save}>
          <Button
            size="xs"
            loading={isBusy}
            disabled={!isChanged}
            onClick={() => void attempt(() => savePortalRule(draft))}
          >
            {t('settings.incoming.save')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!isChanged || isBusy}
            onClick={() => changeBack(told)}
          >
            {t('settings.incoming.undo')}
          </Button>
          <Text size="xs" className={styles.quiet} role="status">
            {isSaved && t('settings.incoming.saved')}
          </Text>
        </div>
        {refused && (
          <Notice tone="bad">
            {t(
              [`settings.incoming.refused.${refused.code}`, 'settings.incoming.refused.other'],
              refused,
            )}
          </Notice>
        )}
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
      </div>
    </>
  )
}
