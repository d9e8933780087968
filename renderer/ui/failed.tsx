import { Stack, Text, Title } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { Reason } from '../../core/domain/decision.ts'
import { useWords } from './use-words.ts'

/** The core cannot work here; says why and nothing else. */
export function Failed({ reason }: { readonly reason: Reason }) {
  const t = useWords()
  const { path, bytesNeeded } = reason
  const values = { path, megabytes: Math.ceil(Number(bytesNeeded ?? 0) / 1_000_000) }
  return (
    <Stack align="center" justify="center" h="100vh" gap="sm" p="xl" role="alert">
      <IconPlugConnectedX size={36} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('desk.failed.title')}
      </Title>
      <Text ta="center" maw={520}>
        {t(`desktop.failure.${reason.code}`, values)}
      </Text>
    </Stack>
  )
}
