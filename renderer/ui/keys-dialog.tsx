import { Modal } from '@mantine/core'
import { leaveDialog } from '../state/list-focus.ts'
import { groups } from './key-table.ts'
import { Keycaps } from './keycaps.tsx'
import { useWords } from './use-words.ts'
import styles from './keys-dialog.module.css'

/** ?: every key, as the keyboard of this head prints it. */
export function KeysDialog() {
  const t = useWords()
  return (
    <Modal
      opened
      onClose={leaveDialog}
      title={t('desk.keys.title')}
      size={760}
      transitionProps={{ duration: 80 }}
      closeButtonProps={{ 'aria-label': t('desk.close') }}
    >
      <div className={styles.groups}>
        {Object.entries(groups).map(([group, rows]) => (
          <section key={group}>
            <h3 className={styles.title}>{t(`desk.keys.group.${group}`)}</h3>
            <dl className={styles.rows}>
              {rows.map(([name, ...keys]) => (
                <div key={name}>
                  <dt>
                    <Keycaps keys={keys} />
                  </dt>
                  <dd>{t(`desk.key.${name}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>{t('desk.keys.note')}</p>
    </Modal>
  )
}
