import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconBell, IconCalendar, IconSun } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { untilChange } from '../../core/domain/case.ts'
import { deferUntil } from '../state/acts.ts'
import { leaveDialog } from '../state/list-focus.ts'
import { fieldOf, mondayMorning, tomorrowMorning } from './defer-times.ts'
import { useAsked } from './use-asked.ts'
import { useWords } from './use-words.ts'

/** H: put the cases off until a time, or until something happens to them. */
export function DeferDialog() {
  const t = useWords()
  const [now] = useState(Date.now)
  const asked = useAsked(leaveDialog)
  const put = (until: number) => {
    deferUntil(asked, until)
    leaveDialog()
  }
  return (
    <Modal
      opened
      onClose={leaveDialog}
      title={t('desk.defer.title')}
      size={420}
      yOffset="12vh"
      transitionProps={{ duration: 80 }}
      closeButtonProps={{ 'aria-label': t('desk.close') }}
    >
      <Stack gap={6}>
        <Way
          icon={<IconSun size={17} aria-hidden />}
          isFirst
          onPress={() => put(tomorrowMorning(now))}
        >
          {t('desk.defer.tomorrow')}
        </Way>
        <Way icon={<IconCalendar size={17} aria-hidden />} onPress={() => put(mondayMorning(now))}>
          {t('desk.defer.monday')}
        </Way>
        <Way icon={<IconBell size={17} aria-hidden />} onPress={() => put(untilChange)}>
          {t('desk.defer.untilChange')}
        </Way>
        <UntilForm now={now} onPut={put} />
      </Stack>
    </Modal>
  )
}

interface UntilFormProps {
  readonly now: number
  readonly onPut: (until: number) => void
}

function UntilForm({ now, onPut }: UntilFormProps) {
  const t = useWords()
  const [field, setField] = useState(() => fieldOf(tomorrowMorning(now)))
  const chosen = new Date(field).getTime()
  const isPast = !(chosen > now)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (!isPast) onPut(chosen)
      }}
    >
      <Group align="end" gap="xs" mt={6} wrap="nowrap">
        <TextInput
          type="datetime-local"
          flex={1}
          label={t('desk.defer.until')}
          value={field}
          min={fieldOf(now)}
          error={isPast && t('desk.defer.past')}
          onChange={event => setField(event.currentTarget.value)}
        />
        <Button type="submit" disabled={isPast}>
          {t('desk.defer.put')}
        </Button>
      </Group>
    </form>
  )
}

interface WayProps {
  readonly icon: ReactNode
  readonly isFirst?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Way({ icon, isFirst, onPress, children }: WayProps) {
  return (
    <Button
      variant="default"
      justify="flex-start"
      leftSection={icon}
      data-autofocus={isFirst || undefined}
      onClick={onPress}
    >
      {children}
    </Button>
  )
}
