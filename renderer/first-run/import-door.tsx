import { Button, Group, Progress, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../state/session.ts'
import { Notice } from '../ui/notice.tsx'
import { asOfOf } from './as-of.ts'
import {
  cancelImport,
  chooseFile,
  chooseMapping,
  lookThrough,
  mappingOf,
  runImport,
  typeAsOf,
  useImport,
} from './import-work.ts'
import { Understood } from './understood.tsx'
import { bytesOf, useImportProgress } from './work-progress.ts'
import styles from './first-run.module.css'

/** A file on the left, what was understood of it on the right; nothing is made before it is seen. */
export function ImportDoor() {
  const { t } = useTranslation()
  const problem = useImport(work => work.problem)
  return (
    <div className={styles.split}>
      <Stack
        gap="md"
        className={styles.sheet}
        component="section"
        aria-label={t('firstRun.import.question')}
      >
        <FileChoice />
        <MappingChoice />
        <AsOf />
        <Buttons />
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
      </Stack>
      <section
        className={styles.sheet}
        aria-label={t('firstRun.import.understood')}
        aria-live="polite"
      >
        <Outcome />
      </section>
    </div>
  )
}

const useIsBusy = () => {
  const kind = useImport(work => work.step.kind)
  return kind === 'uploading' || kind === 'reading' || kind === 'running'
}

function FileChoice() {
  const { t, i18n } = useTranslation()
  const file = useImport(work => work.file)
  const isBusy = useIsBusy()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped && !isBusy) chooseFile(dropped)
  }
  return (
    <label
      className={styles.file}
      data-over={isOver || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileTypeCsv size={26} stroke={1.5} aria-hidden />
      <span className={styles.fileText}>
        <span className={styles.fileName}>{file ? file.name : t('firstRun.import.file')}</span>
        <span className={styles.quiet}>
          {file ? bytesOf(file.size, i18n.language) : t('firstRun.import.fileHint')}
        </span>
      </span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className={styles.fileInput}
        aria-label={t('firstRun.import.file')}
        disabled={isBusy}
        onChange={event => chooseFile(event.currentTarget.files?.[0] ?? null)}
      />
    </label>
  )
}

function MappingChoice() {
  const { t } = useTranslation()
  const mappings = useSession(session => session.hello?.mappings) ?? []
  const mapping = useImport(mappingOf)
  const isBusy = useIsBusy()
  return (
    <Radio.Group label={t('firstRun.import.mapping')} value={mapping} onChange={chooseMapping}>
      <Stack gap={6} mt={6}>
        {mappings.map(({ name, title }) => (
          <Radio
            key={name}
            value={name}
            label={t(`firstRun.import.mappings.${name}`, { defaultValue: title })}
            size="xs"
            disabled={isBusy}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function AsOf() {
  const { t } = useTranslation()
  const asOf = useImport(work => work.asOf)
  const isBusy = useIsBusy()
  const isBad = asOfOf(asOf).kind === 'bad'
  return (
    <TextInput
      label={t('firstRun.import.asOf')}
      description={t('firstRun.import.asOfHint')}
      placeholder="2016-03-01 10:00"
      value={asOf}
      disabled={isBusy}
      error={isBad ? t('firstRun.import.asOfBad') : null}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      onChange={event => typeAsOf(event.currentTarget.value)}
    />
  )
}

function Buttons() {
  const { t } = useTranslation()
  const step = useImport(work => work.step)
  const canLook = useImport(work => work.file !== null && asOfOf(work.asOf).kind !== 'bad')
  const isBusy = useIsBusy()
  if (isBusy)
    return (
      <Button variant="default" onClick={cancelImport}>
        {t('firstRun.import.cancel')}
      </Button>
    )
  const total = step.kind === 'understood' ? (step.preview.counts?.cases.total ?? 0) : 0
  const canRun = step.kind === 'understood' && step.preview.problem === null && total > 0
  return (
    <Group gap="xs" grow>
      {canRun ? (
        <Button onClick={runImport}>{t('firstRun.import.run', { count: total })}</Button>
      ) : (
        <Button disabled={!canLook} onClick={lookThrough}>
          {t('firstRun.import.look')}
        </Button>
      )}
    </Group>
  )
}

function Outcome() {
  const { t } = useTranslation()
  const step = useImport(work => work.step)
  if (step.kind === 'understood') return <Understood preview={step.preview} />
  if (step.kind === 'choosing')
    return (
      <div className={styles.blank}>
        <Text className={styles.quiet}>{t('firstRun.import.nothing')}</Text>
      </div>
    )
  return <UnderWay />
}

/** What is being done, how much of it, and how long it will take yet. */
function UnderWay() {
  const { t } = useTranslation()
  const kind = useImport(work => work.step.kind)
  const { share, detail } = useImportProgress()
  return (
    <div className={styles.blank}>
      <Stack gap="xs" w="100%" maw={360}>
        <Text fw={500}>{t(`firstRun.import.step.${kind}`)}</Text>
        <Progress
          value={share ?? 100}
          animated={share === null}
          striped={share === null}
          aria-label={t(`firstRun.import.step.${kind}`)}
        />
        <Text size="sm" className={styles.quiet}>
          {detail}
        </Text>
      </Stack>
    </div>
  )
}
