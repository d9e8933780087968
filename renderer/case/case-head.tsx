import { ActionIcon, Text, Title } from '@mantine/core'
import { IconClockHour4, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { stateOf } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { closeCase } from '../state/view.ts'
import { CaseActions } from './case-actions.tsx'
import { DueMark } from './due-mark.tsx'
import { StateChip } from './state-chip.tsx'
import styles from './case.module.css'

export function CaseHead({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const now = useNow()
  const pending = useReplica(replica => replica.pending[theCase.caseId])
  return (
    <header className={styles.head}>
      <div className={styles.topLine}>
        <Text component="span" className={styles.number}>
          {t('case.number', { number: theCase.number })}
        </Text>
        <StateChip state={stateOf(theCase, now)} statusName={theCase.statusName} />
        {theCase.priority > 1 && (
          <span className={styles.chip} data-tone={theCase.priority > 2 ? 'bad' : 'warn'}>
            {t(`case.priority.${theCase.priority}`)}
          </span>
        )}
        {pending && (
          <span className={styles.chip} data-tone={pending === 'conflict' ? 'bad' : 'quiet'}>
            <IconClockHour4 size={13} aria-hidden />
            {t(`syncView.state.${pending}`)}
          </span>
        )}
        <CloseButton />
      </div>
      <Title order={2} className={styles.subject}>
        {theCase.isMasked ? t('case.masked.subject') : theCase.subject || t('case.noSubject')}
      </Title>
      <div className={styles.headLine}>
        <Responsible theCase={theCase} />
        <DueMark dueAt={theCase.dueAt} isClosed={theCase.status === 'closed'} />
      </div>
      {theCase.status !== 'closed' && <CaseActions theCase={theCase} />}
    </header>
  )
}

export function CloseButton() {
  const { t } = useTranslation()
  return (
    <ActionIcon
      className={styles.close}
      variant="subtle"
      color="gray"
      size="md"
      aria-label={t('case.close')}
      onClick={closeCase}
    >
      <IconX size={17} aria-hidden />
    </ActionIcon>
  )
}

function Responsible({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const name = useReplica(
    ({ org }) =>
      org.employees.find(employee => employee.employeeId === theCase.responsibleId)?.name,
  )
  if (theCase.responsibleId === null)
    return <span className={styles.nobody}>{t('case.nobody')}</span>
  return (
    <span>
      <span className={styles.quiet}>{t('case.responsible')}</span>{' '}
      {name ?? t('case.unknownPerson')}
    </span>
  )
}
