import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './settings.module.css'

interface Props {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

/** One part of the settings: what it is about on the left, what can be set on the right. */
export function Section({ id, title, text, children }: Props) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.about}>
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        <Text size="sm" className={styles.quiet}>
          {text}
        </Text>
      </div>
      <div className={styles.content}>{children}</div>
    </section>
  )
}

interface LineProps {
  readonly name: string
  readonly children: ReactNode
}

/** «Папка  /home/…» */
export function Line({ name, children }: LineProps) {
  return (
    <div className={styles.line}>
      <span className={styles.quiet}>{name}</span>
      <span className={styles.value}>{children}</span>
    </div>
  )
}
