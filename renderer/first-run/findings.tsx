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

/** `almost`: nothing is wrong, only nobody has signed in yet. */
function verdictOf({ isAllowed, canSignIn, findings }: Probe): 'allowed' | 'almost' | 'refused' {
  if (isAllowed) return 'allowed'
  return canSignIn && findings.every(one => levelOf(one) === 'allowed') ? 'almost' : 'refused'
}

/** Exactly what the hub allows, what is missing and what is wrong. */
export function Findings({ probe }: { readonly probe: Probe }) {
  const { t } = useTranslation()
  const { isAllowed, company, findings } = probe
  const verdict = verdictOf(probe)
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} size="lg">
          {isAllowed && company !== null ? company : t(`firstRun.connect.verdict.${verdict}.title`)}
        </Text>
        <Text size="sm" className={styles.quiet}>
          {t(`firstRun.connect.verdict.${verdict}.text`)}
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
