import { create } from 'zustand'
import type { ImportPreview } from '../../core/contract.ts'
import { core, on } from '../state/core.ts'
import { enter, useSession } from '../state/session.ts'
import { failureOf } from '../ui/attempt.ts'
import { asOfOf } from './as-of.ts'

/** How far an import has come; `done` and `total` of an upload are bytes. */
export type ImportStep =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'uploading'; readonly done: number; readonly total: number }
  | { readonly kind: 'reading' }
  | { readonly kind: 'understood'; readonly preview: ImportPreview }
  | { readonly kind: 'running'; readonly preview: ImportPreview }

export interface ImportWork {
  readonly file: File | null
  /** null: the first mapping the core knows. */
  readonly mapping: string | null
  readonly asOf: string
  readonly step: ImportStep
  /** When the step under way began (UTC ms), and how long it had taken at the last news of it. */
  readonly startedAt: number
  readonly spentMs: number
  readonly uploadId: string | null
  /** What the core calls the reading or making under way. */
  readonly workId: string | null
  readonly problem: string | null
}

const nothing: ImportWork = {
  file: null,
  mapping: null,
  asOf: '',
  step: { kind: 'choosing' },
  startedAt: 0,
  spentMs: 0,
  uploadId: null,
  workId: null,
  problem: null,
}

export const useImport = create<ImportWork>(() => nothing)

/** What was understood no longer holds when anything it was understood from changes. */
const change = (changed: Partial<ImportWork>) =>
  useImport.setState({ step: { kind: 'choosing' }, problem: null, ...changed })

export const chooseFile = (file: File | null): void => change({ file, uploadId: null })
export const chooseMapping = (mapping: string): void => change({ mapping })
export const typeAsOf = (asOf: string): void => change({ asOf })
const forgetImport = (): void => useImport.setState(nothing)

export const mappingOf = ({ mapping }: ImportWork): string =>
  mapping ?? useSession.getState().hello?.mappings[0]?.name ?? ''

/** Rises with every cancel, so that what was cancelled cannot come back. */
let generation = 0

const pieceBytes = 768 * 1024

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(parts.join(''))
}

/** Sends the file piece by piece; null when it was cancelled on the way. */
async function upload(file: File, mine: number): Promise<string | null> {
  const { uploadId } = await core.uploadStart({ name: file.name, size: file.size })
  for (let done = 0; done < file.size; done += pieceBytes) {
    if (mine !== generation) return null
    const spentMs = Date.now() - useImport.getState().startedAt
    useImport.setState({ step: { kind: 'uploading', done, total: file.size }, spentMs })
    const piece = await file.slice(done, done + pieceBytes).arrayBuffer()
    await core.uploadPiece({ uploadId, base64: base64Of(new Uint8Array(piece)) })
  }
  return uploadId
}

function questionOf(work: ImportWork, uploadId: string) {
  const asOf = asOfOf(work.asOf)
  return { uploadId, mapping: mappingOf(work), asOf: asOf.kind === 'moment' ? asOf.iso : null }
}

const workNames = { reading: 'preview', running: 'import' } as const

on('progress', ({ workId, name }) => {
  const { step, startedAt } = useImport.getState()
  if ((step.kind === 'reading' || step.kind === 'running') && workNames[step.kind] === name)
    useImport.setState({ workId, spentMs: Date.now() - startedAt })
})

async function readThrough(mine: number): Promise<void> {
  const work = useImport.getState()
  if (!work.file) return
  const uploadId = work.uploadId ?? (await upload(work.file, mine))
  if (uploadId === null || mine !== generation) return
  useImport.setState({ uploadId, workId: null, step: { kind: 'reading' }, startedAt: Date.now() })
  const preview = await core.importPreview(questionOf(work, uploadId))
  if (mine === generation) useImport.setState({ step: { kind: 'understood', preview } })
}

async function runThrough(mine: number, uploadId: string): Promise<void> {
  const { stage, preview } = await core.importRun(questionOf(useImport.getState(), uploadId))
  if (mine !== generation) return
  if (preview.problem) {
    useImport.setState({ step: { kind: 'understood', preview } })
    return
  }
  forgetImport()
  await enter(stage)
}

/** Carries the file over and shows what would be understood; changes nothing. */
export function lookThrough(): void {
  const mine = ++generation
  useImport.setState({ problem: null, startedAt: Date.now() })
  readThrough(mine).catch(failed(mine))
}

/** Makes the workspace of what was understood and enters it. */
export function runImport(): void {
  const { step, uploadId } = useImport.getState()
  if (step.kind !== 'understood' || uploadId === null) return
  const mine = ++generation
  const running = { kind: 'running', preview: step.preview } as const
  useImport.setState({ step: running, workId: null, startedAt: Date.now() })
  runThrough(mine, uploadId).catch(failed(mine))
}

/** Stops what is under way; the file and the answers given stay. */
export function cancelImport(): void {
  const { step, workId } = useImport.getState()
  generation += 1
  useImport.setState({
    step:
      step.kind === 'running'
        ? { kind: 'understood', preview: step.preview }
        : { kind: 'choosing' },
  })
  if (workId !== null) core.cancelWork({ workId }).catch(failed(generation))
}

const failed = (mine: number) => (error: unknown) => {
  if (mine === generation) change({ problem: failureOf(error), uploadId: null })
}
