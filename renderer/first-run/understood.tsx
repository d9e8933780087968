import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportCounts, ImportPreview } from '../../core/contract.ts'
import { keyed } from '../ui/keyed.ts'
import { Notice } from '../ui/notice.tsx'
import styles from './understood.module.css'

type Problem = NonNullable<ImportPreview['problem']>

/** What the file was understood to say: the counts, what was skipped, the first rows. */
export function Understood({
  preview: { counts, problem, sample },
}: {
  readonly preview: ImportPreview
}) {
  return (
    <div className={styles.understood}>
      {problem && <Refusal problem={problem} />}
      {counts && <Counted counts={counts} />}
      {counts && counts.skipped.length > 0 && <Skipped skipped={counts.skipped} />}
      {sample.length > 0 && <Sample rows={sample} />}
    </div>
  )
}

/** A bad file changes nothing: the place, the value and what to do about it. */
function Refusal({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation()
  const { line, field, value, reason } = problem
  const place = [
    line > 0 && t('firstRun.import.line', { line }),
    field !== '' && t('firstRun.import.field', { field }),
    value !== '' && t('firstRun.import.value', { value }),
  ].filter(part => part !== false)
  return (
    <Notice tone="bad" title={t(`import.problem.${reason.code}`, { ...problem, ...reason })}>
      {place.length > 0 && <span className={styles.place}>{place.join(' · ')}</span>}
      <span>{t(`import.remedy.${reason.code}`, { ...problem, ...reason })}</span>
      <span>{t('firstRun.import.unchanged')}</span>
    </Notice>
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
const nameOf = ({ line, field }: Problem) => `${line} ${field}`

function Skipped({ skipped }: { readonly skipped: ImportCounts['skipped'] }) {
  const { t } = useTranslation()
  const title = t('firstRun.import.skipped', { count: skipped.length })
  return (
    <div>
      <div className={styles.label}>{title}</div>
      <div className={styles.skippedBox} role="region" aria-label={title} tabIndex={0}>
        <table className={styles.rows}>
          <tbody>
            {keyed(skipped.slice(0, mostShown), nameOf).map(({ key, item: problem }) => (
              <tr key={key}>
                <td>{t('firstRun.import.line', { line: problem.line })}</td>
                <td>{problem.field}</td>
                <td>{problem.value}</td>
                <td>
                  {t(`import.problem.${problem.reason.code}`, { ...problem, ...problem.reason })}{' '}
                  {t(`import.remedy.${problem.reason.code}`, { ...problem, ...problem.reason })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {skipped.length > mostShown && (
        <Text size="xs" className={styles.quiet}>
          {t('firstRun.import.skippedMore', { count: skipped.length - mostShown })}
        </Text>
      )}
    </div>
  )
}

function Sample({ rows: [head, ...rows] }: { readonly rows: ImportPreview['sample'] }) {
  const { t } = useTranslation()
  const title = t('firstRun.import.sample')
  return (
    <div className={styles.sampleBlock}>
      <div className={styles.label}>{title}</div>
      <div className={styles.sample} role="region" aria-label={title} tabIndex={0}>
        <table className={styles.sampleRows}>
          <thead>
            <tr>
              {keyed(head ?? [], String).map(({ key, item }) => (
                <th key={key}>{item}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keyed(rows, row => row.join('\t')).map(({ key: rowKey, item: row }) => (
              <tr key={rowKey}>
                {keyed(row, String).map(({ key, item }) => (
                  <td key={key}>{item}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
