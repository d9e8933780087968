import { SegmentedControl, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../core/contract.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { useLanguage } from '../ui/sentence.ts'
import { Section } from './section.tsx'
import { save } from './settings.ts'
import styles from './settings.module.css'

const themes = ['auto', 'light', 'dark'] as const

/** Language and colours; both change at once. */
export function Look({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { problem, attempt } = useAttempt()
  return (
    <Section id="settings-look" title={t('settings.look.title')} text={t('settings.look.text')}>
      <div className={styles.choice}>
        <Text size="sm" fw={500}>
          {t('settings.look.language')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('settings.look.language')}
          value={language}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
          onChange={value => void attempt(() => save({ language: value === 'en' ? 'en' : 'ru' }))}
        />
      </div>
      <div className={styles.choice}>
        <Text size="sm" fw={500}>
          {t('settings.look.theme')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('settings.look.theme')}
          value={settings.theme}
          data={themes.map(value => ({ value, label: t(`firstRun.theme.${value}`) }))}
          onChange={value => {
            const theme = themes.find(one => one === value)
            if (theme) void attempt(() => save({ theme }))
          }}
        />
      </div>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
    </Section>
  )
}
