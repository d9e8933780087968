import { Alert, Group, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts, ImportPreview } from '../../core/contract.ts'
import styles from './first-run.module.css'

type Problem = NonNullable<ImportPreview['problem']>

/** What the file was understood to say: the counts, what was skipped, the first rows. */
export function Understood({ preview: { counts, problem, sample } }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      {problem && <Refusal problem={problem} />}
      {counts && <Counted counts={counts} />}
      {counts && counts.skipped.length > 0 && <Skipped skipped={counts.skipped} />}
      {sample.length > 0 && (
        <div>
          <Text className={styles.label}>{t('firstRun.import.sample')}</Text>
          <Sample rows={sample} />
        </div>
      )}
    </Stack>
  )
}

/** A bad file changes nothing: the place, the value and what to do about it. */
function Refusal({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation()
  const { reason } = problem
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={t(`import.problem.${reason.code}`, { ...problem, ...reason })}
    >
      <Stack gap={4}>
        <Place problem={problem} />
        <Text size="sm">{t(`import.remedy.${reason.code}`, { ...problem, ...reason })}</Text>
        <Text size="sm">{t('firstRun.import.unchanged')}</Text>
      </Stack>
    </Alert>
  )
}

function Place({ problem: { line, field, value } }: { readonly problem: Problem }) {
  const { t } = useTranslation()
  const parts = [
    line > 0 && t('firstRun.import.line', { line }),
    field !== '' && t('firstRun.import.field', { field }),
    value !== '' && t('firstRun.import.value', { value }),
  ].filter(part => part !== false)
  if (parts.length === 0) return null
  return (
    <Text size="sm" ff="monospace" className={styles.place}>
      {parts.join(' · ')}
    </Text>
  )
}

const groups = ['unassigned', 'assigned', 'waiting', 'closed'] as const

function Counted({ counts }: { readonly counts: ImportCounts }) {
  const { t, i18n } = useTranslation()
  const number = (value: number) => value.toLocaleString(i18n.language)
  const { total } = counts.cases
  return (
    <Stack gap="xs">
      <Text fw={600} size="lg">
        {t('firstRun.import.cases', { count: total })}
      </Text>
      <div className={styles.bar} aria-hidden>
        {groups.map(group => (
          <span
            key={group}
            className={styles.barPart}
            data-group={group}
            style={{ flexGrow: counts.cases[group] }}
          />
        ))}
      </div>
      <Group gap="lg" component="ul" className={styles.legend}>
        {groups.map(group => (
          <li key={group}>
            <span className={styles.dot} data-group={group} aria-hidden />
            {t(`firstRun.import.group.${group}`)} <b>{number(counts.cases[group])}</b>
          </li>
        ))}
      </Group>
      <Text size="sm" className={styles.quiet}>
        {[
          t('firstRun.import.counted.rows', { count: counts.rows }),
          t('firstRun.import.counted.departments', { count: counts.departments }),
          t('firstRun.import.counted.employees', { count: counts.employees }),
        ].join(' · ')}
      </Text>
    </Stack>
  )
}

const mostShown = 50

function Skipped({ skipped }: { readonly skipped: ImportCounts['skipped'] }) {
  const { t } = useTranslation()
  return (
    <div>
      <Text className={styles.label}>{t('firstRun.import.skipped', { count: skipped.length })}</Text>
      <ScrollArea.Autosize mah={150} tabIndex={0} type="auto">
        <ul className={styles.skipped}>
          {skipped.slice(0, mostShown).map((problem, index) => (
            <li key={`${problem.line}:${problem.field}:${index}`}>
              <Text size="sm">
                {t(`import.problem.${problem.reason.code}`, { ...problem, ...problem.reason })}
              </Text>
              <Place problem={problem} />
            </li>
          ))}
          {skipped.length > mostShown && (
            <li>{t('firstRun.import.skippedMore', { count: skipped.length - mostShown })}</li>
          )}
        </ul>
      </ScrollArea.Autosize>
    </div>
  )
}

function Sample({ rows: [head, ...rows] }: { readonly rows: ImportPreview['sample'] }) {
  const { t } = useTranslation()
  return (
    <ScrollArea.Autosize mah={220} tabIndex={0} type="auto" className={styles.sample}>
      <Table aria-label={t('firstRun.import.sample')} className={styles.sampleTable}>
        <Table.Thead>
          <Table.Tr>
            {head?.map((name, index) => (
              <Table.Th key={index}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, line) => (
            <Table.Tr key={line}>
              {row.map((value, index) => (
                <Table.Td key={index}>{value}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
