import { Kbd, Modal } from '@mantine/core'
import { focusList } from '../state/list-focus.ts'
import { closeDialog } from '../state/view.ts'
import { useKeyLabels } from './layout.ts'
import { useWords } from './use-words.ts'
import styles from './keys-dialog.module.css'

const control = 'Ctrl'
const shift = 'Shift'

/** Groups of `[sentence, keys…]`; a key is a code of the keyboard or what is written on it. */
const groups = {
  move: [
    ['move', 'KeyJ', 'KeyK', '↓', '↑'],
    ['pick', 'Space'],
    ['extend', shift, '↓'],
    ['all', control, 'KeyA'],
    ['open', 'Enter'],
    ['clear', 'Escape'],
  ],
  give: [
    ['hint', '1…9'],
    ['force', shift, '1…9'],
    ['whom', 'KeyA'],
    ['take', 'KeyT'],
    ['department', 'KeyD'],
    ['defer', 'KeyH'],
    ['return', 'KeyR'],
  ],
  rest: [
    ['undo', control, 'KeyZ'],
    ['redo', control, shift, 'KeyZ'],
    ['search', 'Slash'],
    ['palette', control, 'KeyK'],
    ['keys', shift, 'Slash'],
  ],
} as const

const isCode = (key: string) => /^(Key|Digit|Slash|Enter|Space|Escape)/.test(key)

/** ?: every key, as the keyboard of this head prints it. */
export function KeysDialog() {
  const t = useWords()
  const labelOf = useKeyLabels()
  const close = () => {
    closeDialog()
    focusList()
  }
  return (
    <Modal
      opened
      onClose={close}
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
                    {keys.map(key => (
                      <Kbd key={key} size="xs">
                        {isCode(key) ? labelOf(key) : key}
                      </Kbd>
                    ))}
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
