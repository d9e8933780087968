import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { keyed } from '../ui/keyed.ts'
import { useDetail } from './detail.ts'
import styles from './case.module.css'

/** Phones, letters and the words of the client: written by strangers, so plain text and nothing else. */
export function CaseText() {
  const { t } = useTranslation()
  const { detail, isAnswered } = useDetail()
  if (!isAnswered) return null
  const text = detail?.text
  const contacts = [...(text?.phones ?? []), ...(text?.emails ?? [])]
  return (
    <>
      {contacts.length > 0 && (
        <section aria-label={t('case.contacts')}>
          <h3 className={styles.title}>{t('case.contacts')}</h3>
          <ul className={styles.contacts}>
            {keyed(contacts, String).map(({ key, item: contact }) => (
              <li key={key}>
                <bdi className={styles.contact}>{contact}</bdi>
                <Copy value={contact} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('case.text')}>
        <h3 className={styles.title}>{t('case.text')}</h3>
        {text?.text ? (
          <div className={styles.text} dir="auto">
            {text.text}
          </div>
        ) : (
          <Text size="sm" className={styles.quiet}>
            {t('case.noText')}
          </Text>
        )}
      </section>
    </>
  )
}

function Copy({ value }: { readonly value: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'case.copied' : 'case.copy')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('case.copyValue', { value })}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
