import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Strength, shortestPassphrase, strengthOf } from './strength.ts'
import styles from './unlock.module.css'

const steps: Readonly<Record<Strength, number>> = { short: 1, weak: 2, fair: 3, strong: 4 }

/** How strong the passphrase is, in four steps and in words. */
export function StrengthBar({ passphrase }: { readonly passphrase: string }) {
  const { t } = useTranslation()
  const strength = passphrase === '' ? null : strengthOf(passphrase)
  return (
    <div className={styles.strength}>
      <div className={styles.steps} aria-hidden>
        {[1, 2, 3, 4].map(step => (
          <span
            key={step}
            data-strength={strength !== null && step <= steps[strength] ? strength : undefined}
          />
        ))}
      </div>
      <Text size="xs" className={styles.quiet} aria-live="polite">
        {t(`firstRun.unlock.strength.${strength ?? 'none'}`, { count: shortestPassphrase })}
      </Text>
    </div>
  )
}
