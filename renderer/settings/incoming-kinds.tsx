import { Switch, TagsInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalChoices, PortalRule, PortalSmartType } from '../../core/contract-portal.ts'
import { change } from './portal-rule.ts'
import styles from './settings.module.css'

/** What a part of the form needs. */
export interface IncomingPart {
  readonly rule: PortalRule
  readonly choices: PortalChoices
  /** The field that was refused. */
  readonly wrong: unknown
  readonly isBusy: boolean
}

const plain = [
  { label: 'settings.incoming.leads', field: 'hasLeads' },
  { label: 'settings.incoming.deals', field: 'hasDeals' },
  { label: 'settings.incoming.tasks', field: 'hasTasks' },
] as const

/** Leads, deals, tasks and the smart processes of the portal. */
export function IncomingKinds(part: IncomingPart) {
  const { t } = useTranslation()
  const { rule, choices, isBusy } = part
  return (
    <fieldset className={styles.part}>
      <legend className={styles.blockTitle}>{t('settings.incoming.kinds')}</legend>
      <div className={styles.switches}>
        {plain.map(({ label, field }) => (
          <Switch
            key={field}
            size="sm"
            label={t(label)}
            checked={rule[field]}
            disabled={isBusy}
            onChange={event => change({ [field]: event.currentTarget.checked })}
          />
        ))}
      </div>
      {choices.isListed ? <Listed {...part} /> : <Numbers {...part} />}
    </fieldset>
  )
}

const inOrder = (ids: readonly number[]): number[] => [...new Set(ids)].toSorted((a, b) => a - b)

function Listed({ rule, choices: { smartTypes }, isBusy }: IncomingPart) {
  const { t } = useTranslation()
  const turn = ({ typeId }: PortalSmartType, isOn: boolean) => {
    const others = rule.smartTypes.filter(id => id !== typeId)
    change({ smartTypes: inOrder(isOn ? [...others, typeId] : others) })
  }
  return (
    <fieldset className={styles.inner}>
      <legend className={styles.innerTitle}>{t('settings.incoming.smart')}</legend>
      {smartTypes.length === 0 && (
        <Text size="xs" className={styles.quiet}>
          {t('settings.incoming.noSmart')}
        </Text>
      )}
      <div className={styles.switches}>
        {smartTypes.map(type => {
          const isOn = rule.smartTypes.includes(type.typeId)
          return (
            <Switch
              key={type.typeId}
              size="sm"
              label={type.name ?? t('settings.incoming.smartNumber', { number: type.typeId })}
              description={type.isReadable ? undefined : t('settings.incoming.unreadable')}
              checked={isOn}
              disabled={isBusy || (!type.isReadable && !isOn)}
              onChange={event => turn(type, event.currentTarget.checked)}
            />
          )
        })}
      </div>
    </fieldset>
  )
}

const largest = 2_147_483_647
const isNumber = (text: string): boolean => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= largest

/** By number, for the portal does not list them to everybody. */
function Numbers({ rule, wrong, isBusy }: IncomingPart) {
  const { t } = useTranslation()
  const [bad, setBad] = useState<string | null>(null)
  const isWrong = wrong === 'kinds' && rule.smartTypes.length > 0
  const enter = (texts: readonly string[]) => {
    const typed = texts.flatMap(text => text.split(/[\s,;]+/)).filter(text => text !== '')
    setBad(typed.find(text => !isNumber(text)) ?? null)
    change({ smartTypes: inOrder(typed.filter(isNumber).map(Number)) })
  }
  return (
    <TagsInput
      size="xs"
      className={styles.numbers}
      errorProps={{ fz: 'xs' }}
      label={t('settings.incoming.numbers')}
      description={t('settings.incoming.numbersHint')}
      descriptionProps={{ fz: 'xs' }}
      error={bad === null ? isWrong : t('settings.incoming.numberBad', { typed: bad.slice(0, 40) })}
      value={rule.smartTypes.map(String)}
      maxTags={50}
      splitChars={[',', ';', ' ']}
      disabled={isBusy}
      onChange={enter}
    />
  )
}
