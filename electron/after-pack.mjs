import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * Every switch of the runtime, set by name; a runtime that has one more is refused. Linux has no
 * check of the archive to switch on.
 * @param {string} platform
 * @returns {import('@electron/fuses').FuseConfig}
 */
export const fusesFor = platform => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
})

/**
 * What electron-builder has packed, before anything is signed.
 * @typedef {{
 *   readonly appOutDir: string,
 *   readonly electronPlatformName: string,
 *   readonly packager: { readonly executableName?: string, readonly appInfo: { readonly productFilename: string } },
 * }} Packed
 */

/**
 * The file the runtime starts from.
 * @param {Packed} packed
 */
export function runtimeOf({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'win32') return join(appOutDir, `${name}.exe`)
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`)
  return join(appOutDir, packager.executableName ?? name)
}

/**
 * Called by electron-builder under this name.
 * @param {Packed} packed
 */
export async function afterPack(packed) {
  await flipFuses(runtimeOf(packed), fusesFor(packed.electronPlatformName))
}
