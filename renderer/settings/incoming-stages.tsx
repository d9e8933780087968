import { Checkbox, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalChoices, PortalFunnel, PortalRule } from '../../core/contract-portal.ts'
import type { IncomingPart } from './incoming-kinds.tsx'
import { change } from './portal-rule.ts'
import styles from './settings.module.css'

const [leadType, dealType] = [1, 2]

const isOn = ({ hasLeads, hasDeals, smartTypes }: PortalRule, typeId: number): boolean => {
  if (typeId === leadType) return hasLeads
  return typeId === dealType ? hasDeals : smartTypes.includes(typeId)
}

/** By funnel, at which stages a case of those people is not given out yet. */
export function IncomingStages({ rule, choices, isBusy }: IncomingPart) {
  const { t } = useTranslation()
  const funnels = choices.funnels.filter(
    ({ typeId, stages }) => isOn(rule, typeId) && stages.length > 0,
  )
  const smartName = (typeId: number) =>
    nameIn(choices, typeId) ?? t('settings.incoming.smartNumber', { number: typeId })
  const titleOf = ({ typeId, name }: PortalFunnel) => {
    if (typeId === leadType) return t('settings.incoming.leads')
    const kind = typeId === dealType ? t('settings.incoming.deals') : smartName(typeId)
    return name === '' ? kind : t('settings.incoming.funnel', { kind, name })
  }
  if (funnels.length === 0 && !rule.hasTasks) return null
  return (
    <fieldset className={styles.part}>
      <legend className={styles.blockTitle}>{t('settings.incoming.stages')}</legend>
      <Text size="xs" className={styles.quiet}>
        {t('settings.incoming.stagesHint')}
      </Text>
      {funnels.map(funnel => (
        <Funnel
          key={funnel.funnelId}
          funnel={funnel}
          title={titleOf(funnel)}
          rule={rule}
          isBusy={isBusy}
        />
      ))}
      {rule.hasTasks && (
        <div className={styles.inner}>
          <div className={styles.innerTitle}>{t('settings.incoming.tasks')}</div>
          <Text size="xs" className={styles.quiet}>
            {t('settings.incoming.tasksStage')}
          </Text>
        </div>
      )}
    </fieldset>
  )
}

const nameIn = ({ smartTypes }: PortalChoices, typeId: number): string | null =>
  smartTypes.find(one => one.typeId === typeId)?.name ?? null

interface FunnelProps extends Pick<IncomingPart, 'rule' | 'isBusy'> {
  readonly funnel: PortalFunnel
  readonly title: string
}

function Funnel({ funnel: { funnelId, stages }, title, rule, isBusy }: FunnelProps) {
  const { t } = useTranslation()
  const titleId = useId()
  const own = rule.inboxStages.find(one => one.funnelId === funnelId)?.stageIds ?? []
  const tick = (stageId: string, isTicked: boolean) => {
    const ticked = new Set(isTicked ? [...own, stageId] : own.filter(id => id !== stageId))
    const stageIds = stages.map(stage => stage.stageId).filter(id => ticked.has(id))
    change({
      inboxStages: rule.inboxStages.map(one =>
        one.funnelId === funnelId ? { funnelId, stageIds } : one,
      ),
    })
  }
  return (
    <div role="group" aria-labelledby={titleId} className={styles.inner}>
      <div className={styles.innerTitle}>
        <span id={titleId}>{title}</span>
        <span className={styles.quiet} role="status">
          {own.length === 0 && t('settings.incoming.nothing')}
        </span>
      </div>
      <div className={styles.switches}>
        {stages.map(({ stageId, name }) => (
          <Checkbox
            key={stageId}
            size="xs"
            label={name}
            checked={own.includes(stageId)}
            disabled={isBusy}
            onChange={event => tick(stageId, event.currentTarget.checked)}
          />
        ))}
      </div>
    </div>
  )
}
