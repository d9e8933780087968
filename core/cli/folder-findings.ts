import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TFunction } from 'i18next'
import { hubFile } from '../console/spaces.ts'
import { openSqlite } from '../hub/store/sqlite.ts'
import type { Finding } from './finding.ts'

const leastFreeBytes = 500 * 1024 * 1024

/** The folder itself: is it there, may we write, may others read, is there room. */
export async function folderFindings(dataFolder: string, t: TFunction): Promise<Finding[]> {
  const place = await nearestFolder(dataFolder)
  const isThere = place === dataFolder
  const folder: Finding = {
    name: 'folder',
    level: 'good',
    detail: isThere ? dataFolder : t('cli.doctor.new', { folder: dataFolder }),
  }
  const isWritable = await access(place, constants.W_OK).then(yes, no)
  const findings = [
    isWritable
      ? folder
      : { ...folder, level: 'bad' as const, detail: t('cli.doctor.readOnly', { folder: place }) },
  ]
  if (isThere && process.platform !== 'win32') {
    const mode = (await stat(dataFolder)).mode & 0o777
    const isOpen = (mode & 0o077) !== 0
    const octal = mode.toString(8)
    findings.push({
      name: 'mode',
      level: isOpen ? 'warn' : 'good',
      detail: isOpen ? t('cli.doctor.open', { mode: octal }) : octal,
    })
  }
  const { bavail, bsize } = await statfs(place)
  const free = bavail * bsize
  const megabytes = Math.floor(free / 1024 / 1024)
  findings.push({
    name: 'disk',
    level: free < leastFreeBytes ? 'warn' : 'good',
    detail: t('cli.doctor.free', { megabytes }),
  })
  return findings
}

/** Every embedded hub of the folder, checked page by page; only while nobody works on it. */
export async function hubFindings(dataFolder: string, t: TFunction): Promise<Finding[]> {
  const names: string[] = await readdir(join(dataFolder, 'hubs')).catch(() => [])
  const findings: Finding[] = []
  for (const name of names.toSorted()) {
    const path = hubFile(dataFolder, name)
    const isWhole = await access(path).then(yes, no)
    const faults = isWhole ? await faultsOf(path) : [t('cli.doctor.unfinished')]
    const level = faults.length === 0 ? 'good' : isWhole ? 'bad' : 'warn'
    findings.push({ name: 'hub', level, detail: [name, ...faults].join(': ') })
  }
  return findings
}

/** A file that is no database at all is a finding, not a fault of the doctor. */
async function faultsOf(path: string): Promise<readonly string[]> {
  try {
    const database = openSqlite(path, { mustExist: true })
    try {
      return await database.faults()
    } finally {
      await database.close()
    }
  } catch (error) {
    return [String(error)]
  }
}

async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(found => found.isDirectory(), no)
  return isThere || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}

const yes = () => true
const no = () => false
