import { Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Probe } from '../../core/contract.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { keyed } from '../ui/keyed.ts'
import styles from './first-run.module.css'

const looks = {
  allowed: { Icon: IconCircleCheck, color: 'var(--desk-good)' },
  missing: { Icon: IconAlertTriangle, color: 'var(--desk-warn)' },
  wrong: { Icon: IconCircleX, color: 'var(--desk-bad)' },
}

const levelOf = ({ level }: Reason): keyof typeof looks =>
  level === 'allowed' || level === 'missing' ? level : 'wrong'

/** Exactly what the hub allows, what is missing and what is wrong. */
export function Findings({ probe: { isAllowed, company, findings } }: { readonly probe: Probe }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} size="lg">
          {isAllowed ? (company ?? t('firstRun.connect.allowed')) : t('firstRun.connect.refused')}
        </Text>
        <Text size="sm" className={styles.quiet}>
          {t(isAllowed ? 'firstRun.connect.allowedText' : 'firstRun.connect.refusedText')}
        </Text>
      </div>
      <ul className={styles.findings}>
        {keyed(findings, finding => finding.code).map(({ key, item }) => (
          <FindingLine key={key} finding={item} />
        ))}
      </ul>
    </Stack>
  )
}

function FindingLine({ finding }: { readonly finding: Reason }) {
  const { t } = useTranslation()
  const level = levelOf(finding)
  const { Icon, color } = looks[level]
  const role = t([`firstRun.role.${finding['role']}`, 'firstRun.role.other'])
  return (
    <li>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Icon
          size={18}
          stroke={1.8}
          color={color}
          aria-label={t(`firstRun.connect.level.${level}`)}
        />
        <Text size="sm">
          {t([`firstRun.probe.${finding.code}`, 'firstRun.probe.other'], { ...finding, role })}
        </Text>
      </Group>
    </li>
  )
}
