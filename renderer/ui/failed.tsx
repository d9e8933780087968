import { Stack, Text, Title } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { Reason } from '../../core/domain/decision.ts'
import { useSentence } from './sentence.ts'
import { useWords } from './use-words.ts'

/** The core cannot work here; says why and nothing else. */
export function Failed({ reason }: { readonly reason: Reason }) {
  const t = useWords()
  const sentence = useSentence()
  return (
    <Stack align="center" justify="center" h="100vh" gap="sm" p="xl" role="alert">
      <IconPlugConnectedX size={36} stroke={1.5} aria-hidden />
      <Title order={1} size="h3">
        {t('desk.failed.title')}
      </Title>
      <Text ta="center" maw={520}>
        {sentence(reason)}
      </Text>
    </Stack>
  )
}
