import type { TFunction } from 'i18next'
import { systemKeychain } from '../secrets/keychain.ts'
import { openDatabase } from '../store/db.ts'
import type { Finding } from './finding.ts'
import { folderFindings, hubFindings } from './folder-findings.ts'
import { liveAddress } from './live.ts'
import type { ExitCode, Terminal } from './terminal.ts'

const leastNode = 24
const marks = { good: '✓', warn: '!', bad: '✕' } as const

/** Looks at everything the console stands on and changes nothing. */
export async function doctorCommand(
  { dataFolder, isJson }: { dataFolder: string; isJson: boolean },
  io: Terminal,
): Promise<ExitCode> {
  const { t } = io
  const address = await liveAddress(dataFolder)
  const findings: Finding[] = [
    nodeFinding(process.versions.node),
    sqliteFinding(),
    ...(await folderFindings(dataFolder, t)),
    { name: 'running', level: 'good', detail: address ?? t('cli.doctor.nobody') },
    await keyFinding(t),
    ...(address === null ? await hubFindings(dataFolder, t) : []),
  ]
  if (isJson) io.out(JSON.stringify(findings))
  else
    for (const { name, level, detail } of findings)
      io.out(`${marks[level]} ${t(`cli.doctor.${name}`)}: ${detail}`)
  return findings.some(finding => finding.level === 'bad') ? 1 : 0
}

function nodeFinding(version: string): Finding {
  const level = Number.parseInt(version, 10) >= leastNode ? 'good' : 'bad'
  return { name: 'node', level, detail: version }
}

/** The database, its full-text search and its cipher are one binary: tried, not asked. */
function sqliteFinding(): Finding {
  try {
    const database = openDatabase(':memory:', null, { synchronous: 'NORMAL' })
    database.exec('CREATE VIRTUAL TABLE probe USING fts5(text)')
    const detail = String(database.prepare('SELECT sqlite_version()').pluck().get())
    database.close()
    return { name: 'sqlite', level: 'good', detail }
  } catch (error) {
    return { name: 'sqlite', level: 'bad', detail: String(error) }
  }
}

/** Without a keychain there is still a passphrase or a key file. */
async function keyFinding(t: TFunction): Promise<Finding> {
  const { kind } = await systemKeychain.read('doctor')
  const isThere = kind === 'ok' || kind === 'absent'
  return {
    name: 'keychain',
    level: isThere ? 'good' : 'warn',
    detail: t(`cli.doctor.keychainIs.${kind}`),
  }
}
