import { Text, TextInput } from '@mantine/core'
import { IconDeviceDesktop, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../core/contract.ts'
import { departmentsInOrder, inherited } from '../../core/domain/department.ts'
import { peopleOf } from '../../core/domain/org-index.ts'
import type { Employee } from '../../core/domain/org.ts'
import { sayNumber } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useWorld } from '../state/select.ts'
import { useLanguage } from '../ui/sentence.ts'
import { PointsField } from './points-field.tsx'
import { Section } from './section.tsx'
import { save } from './settings.ts'
import styles from './settings.module.css'

interface Props {
  readonly settings: Settings
}

/** How much a person may hold and what a case weighs; known to this computer alone. */
export function PeopleAndLoad({ settings }: Props) {
  const { t } = useTranslation()
  return (
    <Section id="settings-load" title={t('settings.load.title')} text={t('settings.load.text')}>
      <span className={styles.here}>
        <IconDeviceDesktop size={14} aria-hidden />
        {t('settings.hereOnly')}
      </span>
      <div className={styles.field}>
        <div>
          <Text size="sm" fw={500}>
            {t('settings.load.default')}
          </Text>
          <Text size="xs" className={styles.quiet}>
            {t('settings.load.defaultHint')}
          </Text>
        </div>
        <PointsField
          name={t('settings.load.default')}
          points={settings.defaultLimit}
          otherwise={settings.defaultLimit}
          isRequired
          keep={points => save(points === null ? {} : { defaultLimit: points })}
        />
      </div>
      <Weights settings={settings} />
      <Limits settings={settings} />
    </Section>
  )
}

function Weights({ settings: { kindWeights } }: Props) {
  const { t } = useTranslation()
  const kinds = useReplica(replica => replica.kinds)
  const byName = [...kinds.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'ru'))
  const keep = (kindId: string) => (points: number | null) =>
    save({ kindWeights: { [kindId]: points } })
  if (byName.length === 0) return null
  return (
    <div className={styles.block}>
      <h3 className={styles.blockTitle}>{t('settings.load.weights')}</h3>
      <Text size="xs" className={styles.quiet}>
        {t('settings.load.weightsHint')}
      </Text>
      <ul className={styles.table}>
        {byName.map(({ kindId, name, weight }) => (
          <li key={kindId}>
            <span className={styles.name}>{name}</span>
            <PointsField
              name={t('settings.load.weightOf', { name })}
              points={kindWeights[kindId] ?? null}
              otherwise={weight}
              keep={keep(kindId)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const fewPeople = 12

/** People of my departments and below who still work here. */
function usePeople(): readonly Employee[] {
  const world = useWorld()
  if (!world) return []
  return [...peopleOf(world.index, world.drop.scope)]
    .flatMap(id => world.index.employeeById.get(id) ?? [])
    .filter(({ isDismissed }) => !isDismissed)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ru'))
}

function Limits({ settings }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const people = usePeople()
  const wanted = typed.trim().toLocaleLowerCase('ru')
  const found = people.filter(({ name }) => name.toLocaleLowerCase('ru').includes(wanted))
  if (people.length === 0) return null
  return (
    <div className={styles.block}>
      <h3 className={styles.blockTitle}>{t('settings.load.limits')}</h3>
      <Text size="xs" className={styles.quiet}>
        {t('settings.load.limitsHint')}
      </Text>
      {people.length > fewPeople && (
        <TextInput
          size="xs"
          mt={8}
          leftSection={<IconSearch size={14} aria-hidden />}
          aria-label={t('settings.load.find')}
          placeholder={t('settings.load.find')}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
      )}
      <ul className={styles.table} data-long={found.length > fewPeople || undefined}>
        {found.map(person => (
          <Limit key={person.employeeId} person={person} settings={settings} />
        ))}
      </ul>
      {found.length === 0 && <Text size="sm">{t('settings.load.nobody')}</Text>}
    </div>
  )
}

function Limit({
  person,
  settings: { limits, defaultLimit },
}: Props & { readonly person: Employee }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const world = useWorld()
  const { employeeId, name, limit } = person
  const own = limits[employeeId] ?? null
  const departments = world ? departmentsInOrder(world.index, employeeId) : []
  const byDepartment = world ? inherited(world.index, departments, one => one.defaultLimit) : null
  const otherwise = (own === null ? limit : null) ?? byDepartment ?? defaultLimit
  const load = world?.loads.get(employeeId)
  return (
    <li>
      <span className={styles.name}>
        {name}
        <span className={styles.quiet}>
          {departments.map(id => world?.index.departmentById.get(id)?.name).join(', ')}
        </span>
      </span>
      <span className={styles.quiet}>
        {load && t('settings.load.holds', { points: sayNumber(load.points, language) })}
      </span>
      <PointsField
        name={t('settings.load.limitOf', { name })}
        points={own}
        otherwise={otherwise}
        keep={points => save({ limits: { [employeeId]: points } })}
      />
    </li>
  )
}
