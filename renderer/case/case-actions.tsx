import { Button, Group } from '@mantine/core'
import {
  IconArrowBackUp,
  IconBuilding,
  IconClockPause,
  IconClockPlay,
  IconHandGrab,
  IconUserPlus,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../core/domain/case.ts'
import { deferUntil, giveBack, takeMyself } from '../state/acts.ts'
import { useNow } from '../state/now.ts'
import { isReader, useReplica } from '../state/replica.ts'
import { focusCase, openDialog, select, type View } from '../state/view.ts'

interface Action {
  readonly name: 'give' | 'take' | 'giveBack' | 'defer' | 'resume' | 'pass'
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': boolean }>
  readonly carryOut: () => void
}

/** What a head may do with this case now; what makes no sense is not offered. */
export function CaseActions({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const actions = useActions(theCase)
  return (
    <Group gap={6}>
      {actions.map(({ name, Icon, carryOut }, place) => (
        <Button
          key={name}
          size="compact-sm"
          px={8}
          fw={500}
          variant={place === 0 ? 'filled' : 'default'}
          leftSection={<Icon size={14} aria-hidden />}
          onClick={carryOut}
        >
          {t(`case.act.${name}`)}
        </Button>
      ))}
    </Group>
  )
}

function useActions({ caseId, responsibleId, deferredUntil, isMasked }: Case): readonly Action[] {
  const me = useReplica(replica => replica.me)
  const canDefer = useReplica(replica => replica.canDefer)
  const now = useNow()
  if (isMasked || !me || isReader(me) || me.role === 'admin') return []
  const isDeferred = deferredUntil !== null && deferredUntil > now
  const actions: (Action | false)[] = [
    { name: 'give', Icon: IconUserPlus, carryOut: () => ask('whom') },
    responsibleId !== me.employeeId && {
      name: 'take',
      Icon: IconHandGrab,
      carryOut: () => takeMyself([caseId]),
    },
    responsibleId !== null && {
      name: 'giveBack',
      Icon: IconArrowBackUp,
      carryOut: () => giveBack([caseId]),
    },
    isDeferred
      ? { name: 'resume', Icon: IconClockPlay, carryOut: () => deferUntil([caseId], null) }
      : canDefer && { name: 'defer', Icon: IconClockPause, carryOut: () => ask('defer') },
    { name: 'pass', Icon: IconBuilding, carryOut: () => ask('department') },
  ]
  const ask = (dialog: NonNullable<View['dialog']>) => {
    select(new Set())
    focusCase(caseId)
    openDialog(dialog)
  }
  return actions.filter(action => action !== false)
}
