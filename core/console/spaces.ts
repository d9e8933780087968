import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SpaceInfo } from '../contract.ts'
import type { WorkspaceId } from '../domain/id.ts'
import type { ConsoleSettings } from './settings-file.ts'

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** A checked name of a space: it becomes a folder and the first part of every id. */
export function workspaceId(name: string): WorkspaceId
export function workspaceId(name: string): string {
  if (!namePattern.test(name)) throw new RangeError(`«${name}» cannot be the name of a space`)
  return name
}

export const isWorkspaceName = (name: string): boolean => namePattern.test(name)

export const spaceFolder = (dataFolder: string, id: string): string =>
  join(dataFolder, 'spaces', id)
export const hubFile = (dataFolder: string, id: string): string =>
  join(dataFolder, 'hubs', id, 'hub.db')

/** Every space of this data folder: the demo once it was tried, imports, connected hubs. */
export function spacesOf(dataFolder: string, settings: ConsoleSettings): SpaceInfo[] {
  // The demo's hub is prepared before anybody asks for it; it is a space once it was opened.
  const isSpace = (name: string) => name !== 'demo' || existsSync(spaceFolder(dataFolder, name))
  const embedded = namesIn(join(dataFolder, 'hubs')).filter(
    name => existsSync(hubFile(dataFolder, name)) && isSpace(name),
  )
  const local = embedded.map(name => spaceInfo(name, settings))
  // A hub whose title was lost with the settings still holds what was decided for it.
  const left = namesIn(join(dataFolder, 'spaces')).filter(
    name => name.startsWith('hub-') || (isPortal(name) && name !== portalDemo),
  )
  const hubs = new Set([...Object.keys(settings.hubs).filter(isWorkspaceName), ...left])
  return [...local, ...[...hubs].map(name => spaceInfo(name, settings))]
}

/** Whether a space is there that only the key of this folder opens. */
export const hasSealedSpace = (dataFolder: string): boolean =>
  namesIn(join(dataFolder, 'spaces')).some(
    name =>
      name !== 'demo' &&
      name !== portalDemo &&
      existsSync(join(spaceFolder(dataFolder, name), 'outbox.db')),
  )

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(isWorkspaceName).sort() : []
}

/** An emulated portal to try the console on; like the demo it holds invented people only. */
export const portalDemo = workspaceId('bitrix24-demo')

/** Invented people need no key. */
export const isInvented = ({ workspaceId: id, kind }: SpaceInfo): boolean =>
  kind === 'demo' || id === portalDemo

const isPortal = (name: string): boolean => name.startsWith('bitrix24-')

export function spaceInfo(name: string, settings: ConsoleSettings): SpaceInfo {
  const id = workspaceId(name)
  if (name === 'demo') return { workspaceId: id, kind: 'demo', title: '' }
  if (name.startsWith('import-')) return { workspaceId: id, kind: 'import', title: name }
  const title = settings.hubs[name]?.title ?? name
  return { workspaceId: id, kind: isPortal(name) ? 'bitrix24' : 'hub', title }
}

/** `import-<n>`, the first number not taken. */
export function freeImportName(dataFolder: string): WorkspaceId {
  const taken = new Set(namesIn(join(dataFolder, 'hubs')))
  let number = 1
  while (taken.has(`import-${number}`)) number += 1
  return workspaceId(`import-${number}`)
}
