import { checkPortal, type Check } from '../backends/bitrix24/checklist.ts'
import { webhookAccess } from '../backends/bitrix24/client.ts'
import { BackendError } from '../backends/errors.ts'
import { type ExitCode, printable, type Terminal } from './terminal.ts'

/** Where the webhook is taken from: on a command line everybody could read it. */
export const webhookVariable = 'NACHALO_WEBHOOK'

const marks: Readonly<Record<Check['outcome'], string>> = {
  asTaken: '✓',
  otherwise: '✕',
  notSeen: '?',
  notAsked: '–',
}

/** Tries on a live portal what has only been read about; reads and changes nothing. */
export async function probeCommand(
  { webhook, isJson, signal }: { webhook: string; isJson: boolean; signal: AbortSignal },
  io: Terminal,
): Promise<ExitCode> {
  const access = webhookAccess(webhook)
  if (access.kind === 'refused') {
    io.err(io.t('cli.probe.noWebhook', { name: webhookVariable }))
    return 1
  }
  try {
    const checks = await checkPortal(access, signal)
    if (isJson) io.out(JSON.stringify(checks))
    else
      for (const { number, outcome, said } of checks)
        io.out(
          `${marks[outcome]} ${number}. ${io.t(`cli.probe.check.${number}`)}: ${printable(said)}`,
        )
    if (!isJson) io.out(io.t('cli.probe.legend'))
    return checks.some(({ outcome }) => outcome === 'otherwise') ? 1 : 0
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    io.err(io.t('cli.probe.failed', { reason: printable(`${error.kind} ${error.code ?? ''}`) }))
    return 1
  }
}
