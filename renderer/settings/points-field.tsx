import { TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sayNumber } from '../../core/words/say.ts'
import { useAttempt } from '../ui/attempt.ts'
import { useLanguage } from '../ui/sentence.ts'
import { mostPoints, pointsOf } from './points.ts'
import styles from './settings.module.css'

interface Props {
  /** Names the field, in its label and in its error. */
  readonly name: string
  /** The number set here; null: none, `otherwise` holds. */
  readonly points: number | null
  readonly otherwise: number
  readonly isRequired?: boolean
  readonly keep: (points: number | null) => Promise<void>
}

/** A number of points: saved when the field is left or Enter pressed, with a tick. */
export function PointsField({ name, points, otherwise, isRequired = false, keep }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { isBusy, problem, attempt } = useAttempt()
  const [typed, setTyped] = useState<string | null>(null)
  const [isSaved, setSaved] = useState(false)
  const shown = typed ?? (points === null ? '' : sayNumber(points, language))
  const parsed = pointsOf(shown)
  const isBad = parsed === 'bad' || (isRequired && parsed === null)
  const finish = () => {
    if (typed === null || isBad) return
    if (parsed === points) return setTyped(null)
    void attempt(async () => {
      await keep(parsed)
      setTyped(null)
      setSaved(true)
    })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish()
    if (event.key === 'Escape') setTyped(null)
  }
  return (
    <TextInput
      size="xs"
      className={styles.points}
      inputMode="decimal"
      aria-label={name}
      value={shown}
      disabled={isBusy}
      placeholder={sayNumber(otherwise, language)}
      error={isBad ? t('settings.pointsBad', { name, most: mostPoints }) : problem}
      rightSection={
        isSaved && typed === null ? <IconCheck size={14} aria-label={t('settings.saved')} /> : null
      }
      onChange={event => {
        setTyped(event.currentTarget.value)
        setSaved(false)
      }}
      onBlur={finish}
      onKeyDown={onKey}
    />
  )
}
