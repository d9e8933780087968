import { Center, Loader } from '@mantine/core'
import { useWords } from './use-words.ts'

/** Shown only where there is nothing to show yet. */
export function Waiting() {
  const t = useWords()
  return (
    <Center h="100%" mih={200} role="status" aria-label={t('desk.waiting')}>
      <Loader type="dots" color="gray" />
    </Center>
  )
}
