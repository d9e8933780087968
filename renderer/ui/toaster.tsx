import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { type Toast, useView } from '../state/view.ts'
import { ToastBody } from './toast-body.tsx'
import { words } from './words.ts'
import styles from './toaster.module.css'

const shortMs = 7000
const readingMs = 12_000

/** Says in one place what was just done, with the way back. */
export function Toaster() {
  const said = useView(view => view.toast)
  useEffect(() => {
    if (!said) return
    const { toast, serial } = said
    const id = `said-${serial}`
    notifications.show({
      id,
      ...looks[toneOf(toast)],
      message: <ToastBody toast={toast} />,
      autoClose: toneOf(toast) === 'good' ? shortMs : readingMs,
      withBorder: true,
      closeButtonProps: { 'aria-label': words.t('desk.close') },
      className: styles.toast ?? '',
    })
    return () => {
      notifications.hide(id)
    }
  }, [said])
  return null
}

const looks = {
  good: { icon: <IconCheck size={16} aria-hidden />, color: 'green' },
  careful: { icon: <IconAlertTriangle size={16} aria-hidden />, color: 'orange' },
  bad: { icon: <IconBan size={16} aria-hidden />, color: 'red' },
}

function toneOf(toast: Toast): keyof typeof looks {
  switch (toast.kind) {
    case 'done':
      return toast.refused.length > 0 ? 'careful' : 'good'
    case 'warned':
      return toast.verdict === 'warn' ? 'careful' : 'bad'
    case 'refused':
    case 'broken':
      return 'bad'
    case 'said':
      return toast.isBad ? 'bad' : 'good'
  }
}
