import { type ComboboxItem, MultiSelect, Select } from '@mantine/core'
import { type TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortalChoices, PortalPerson } from '../../core/contract-portal.ts'
import type { IncomingPart } from './incoming-kinds.tsx'
import { change } from './portal-rule.ts'
import styles from './settings.module.css'

/** More than anybody looks through; the rest is found by name. */
const mostShown = 100

/** Who holds what has no owner, and who of them gets a case back. */
export function IncomingPeople({ rule, choices, wrong, isBusy }: IncomingPart) {
  const { t } = useTranslation()
  const people = useOptions(choices)
  const holders = people.filter(({ value }) => rule.inboxHolders.includes(Number(value)))
  const hold = (values: readonly string[]) => {
    const inboxHolders = values.map(Number).toSorted((a, b) => a - b)
    change({ inboxHolders, returnTo: receiverOf(inboxHolders, rule.returnTo, choices.me) })
  }
  return (
    <fieldset className={styles.part}>
      <legend className={styles.blockTitle}>{t('settings.incoming.people')}</legend>
      <div className={styles.fields}>
        <MultiSelect
          size="xs"
          label={t('settings.incoming.holders')}
          description={t('settings.incoming.holdersHint')}
          descriptionProps={{ fz: 'xs' }}
          placeholder={t('settings.incoming.findPerson')}
          nothingFoundMessage={t('settings.incoming.nobodyFound')}
          searchable
          hidePickedOptions
          maxValues={50}
          limit={mostShown}
          error={wrong === 'inboxHolders'}
          disabled={isBusy}
          data={people}
          value={rule.inboxHolders.map(String)}
          onChange={hold}
        />
        <Select
          size="xs"
          label={t('settings.incoming.returnTo')}
          description={t('settings.incoming.returnToHint')}
          descriptionProps={{ fz: 'xs' }}
          nothingFoundMessage={t('settings.incoming.nobodyFound')}
          searchable
          allowDeselect={false}
          limit={mostShown}
          error={wrong === 'returnTo'}
          disabled={isBusy || holders.length === 0}
          data={holders}
          value={String(rule.returnTo)}
          onChange={value => value !== null && change({ returnTo: Number(value) })}
        />
      </div>
    </fieldset>
  )
}

/** A case must come back to somebody whose cases have no owner: else nobody would see it. */
const receiverOf = (holders: readonly number[], before: number, me: number): number =>
  holders.includes(before) || holders.length === 0
    ? before
    : (holders.find(id => id === me) ?? holders[0] ?? before)

function useOptions(choices: PortalChoices): ComboboxItem[] {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  return useMemo(() => optionsIn(choices, t, language), [choices, t, language])
}

function optionsIn({ people, me }: PortalChoices, t: TFunction, language: string): ComboboxItem[] {
  const names = new Map<string | null, number>()
  for (const { name } of people) names.set(name, (names.get(name) ?? 0) + 1)
  const byName = new Intl.Collator(language)
  return people
    .map(person => ({
      value: String(person.id),
      label: labelOf(person, { t, isMe: person.id === me, isAlone: names.get(person.name) === 1 }),
    }))
    .toSorted((one, other) => byName.compare(one.label, other.label))
}

interface Telling {
  readonly t: TFunction
  readonly isMe: boolean
  /** Nobody else is called so. */
  readonly isAlone: boolean
}

function labelOf(
  { id, name, post, isActive }: PortalPerson,
  { t, isMe, isAlone }: Telling,
): string {
  if (name === null) return t('settings.incoming.stranger', { number: id })
  const whole = isAlone
    ? name
    : t('settings.incoming.namesake', { name, post: post === '' ? `#${id}` : post })
  if (isMe) return t('settings.incoming.you', { name: whole })
  return isActive ? whole : t('settings.incoming.left', { name: whole })
}
