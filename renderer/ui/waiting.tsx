import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Shown only where there is nothing to show yet. */
export function Waiting() {
  const { t } = useTranslation()
  return (
    <Center h="100%" mih={200} role="status" aria-label={t('desk.waiting')}>
      <Loader type="dots" color="gray" />
    </Center>
  )
}
