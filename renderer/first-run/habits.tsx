import { Group, SegmentedControl, Tooltip } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { core } from '../state/core.ts'
import { reportProblem } from '../state/report.ts'
import { rememberSettings, useSession } from '../state/session.ts'

type Habits = Parameters<typeof rememberSettings>[0]
type Theme = NonNullable<NonNullable<Habits>['theme']>

const themes = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
] as const
const isTheme = (value: string): value is Theme => themes.some(([theme]) => theme === value)

/** At once in the window; kept by the core for the next start. */
function keep(change: { language: 'ru' | 'en' } | { theme: Theme }): void {
  rememberSettings(change)
  core.saveSettings(change).catch((error: unknown) => reportProblem(String(error)))
}

/** Language and colours before there is a workspace to have settings. */
export function Habits() {
  const { t, i18n } = useTranslation()
  const theme = useSession(session => session.hello?.theme ?? 'auto')
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('firstRun.language')}
        value={i18n.language}
        data={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
        onChange={language => keep({ language: language === 'en' ? 'en' : 'ru' })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('firstRun.theme.label')}
        value={theme}
        data={themes.map(([value, Icon]) => ({
          value,
          label: (
            <Named name={t(`firstRun.theme.${value}`)}>{<Icon size={15} aria-hidden />}</Named>
          ),
        }))}
        onChange={value => isTheme(value) && keep({ theme: value })}
      />
    </Group>
  )
}

function Named({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Tooltip label={name} openDelay={400}>
      <span role="img" aria-label={name} style={{ display: 'flex', paddingBlock: 1 }}>
        {children}
      </span>
    </Tooltip>
  )
}
