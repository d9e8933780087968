/**
 * Who may import whom: the table of the house, a row a folder. The first row whose `from` fits a
 * file is its row; what it does not name, the file may not import. Tests stand outside the walls.
 * @type {readonly { from: RegExp, may: RegExp, packages: RegExp, hasNode: boolean, why: string }[]}
 */
export const walls = [
  {
    from: /^core\/domain\//,
    may: /^core\/domain\//,
    packages: /^$/,
    hasNode: false,
    why: 'the domain imports only itself',
  },
  {
    from: /^core\/(contract|contract-org|contract-portal|rpc)\.ts$/,
    may: /^core\/(domain\/|contract(-org|-portal)?\.ts$|rpc\.ts$)/,
    packages: /^zod$/,
    hasNode: false,
    why: 'the contract runs in a window and in the core',
  },
  {
    from: /^core\/words\//,
    may: /^core\/(words|domain)\//,
    packages: /^i18next$/,
    hasNode: false,
    why: 'words are data',
  },
  {
    from: /^core\/store\//,
    may: /^core\/(store|domain)\//,
    packages: /^(better-sqlite3|kysely|uuid|zod)$/,
    hasNode: true,
    why: 'the store is below service, sync and backends',
  },
  {
    from: /^core\/service\//,
    may: /^core\/(service|store|domain)\/|^core\/(contract|contract-org|contract-portal|rpc)\.ts$/,
    packages: /^(uuid|zod)$/,
    hasNode: false,
    why: 'no window may wait for a network: write to the outbox',
  },
  {
    from: /^core\/backends\/hub\//,
    may: /^core\/(domain|backends\/hub)\/|^core\/backends\/(backend|errors)\.ts$|^core\/hub\/protocol\.ts$/,
    packages: /^(zod|eventsource-parser)$/,
    hasNode: true,
    why: 'an adapter knows its own system and the interface, not the console',
  },
  {
    from: /^core\/backends\/bitrix24\//,
    may: /^core\/(domain|backends\/bitrix24)\/|^core\/backends\/(backend|errors)\.ts$/,
    packages: /^zod(\/mini)?$/,
    hasNode: true,
    why: 'an adapter knows its own system and the interface, not the console',
  },
  {
    from: /^core\/backends\//,
    may: /^core\/domain\/|^core\/backends\/[^/]+\.ts$/,
    packages: /^zod$/,
    hasNode: false,
    why: 'the interface knows no adapter',
  },
  {
    from: /^core\/sync\//,
    may: /^core\/(sync|store|domain)\/|^core\/backends\/(backend|errors)\.ts$|^core\/contract\.ts$/,
    packages: /^$/,
    hasNode: true,
    why: 'sync sees every backend through one interface and nothing above it',
  },
  {
    // The embedded hub of the demo plays the invented company.
    from: /^core\/hub\/(embedded|demo-[\w-]+)\.ts$/,
    may: /^core\/(hub|domain|words|demo)\//,
    packages: /^i18next$/,
    hasNode: true,
    why: 'the hub is a program of its own',
  },
  {
    from: /^core\/hub\//,
    may: /^core\/(hub|domain|words)\//,
    packages:
      /^(better-sqlite3|kysely|fastify|@fastify\/[\w-]+|zod|uuid|@node-rs\/argon2|i18next|pg|openid-client)$/,
    hasNode: true,
    why: 'the hub is a program of its own',
  },
  {
    from: /^core\/demo\//,
    may: /^core\/(demo|domain)\/|^core\/hub\/[^/]+\.ts$/,
    packages: /^$/,
    hasNode: true,
    why: 'the demo is people and cases given to a hub',
  },
  {
    from: /^core\/import\//,
    may: /^core\/(import|domain|words)\/|^core\/hub\/[^/]+\.ts$|^core\/contract\.ts$/,
    packages: /^(csv-parse|better-sqlite3|zod|uuid)(\/|$)/,
    hasNode: true,
    why: 'an import makes a company and gives it to a hub',
  },
  {
    from: /^core\/emulators\//,
    may: /^core\/(emulators|domain)\//,
    packages: /^zod$/,
    hasNode: true,
    why: 'an emulator is written from the facts, not from an adapter',
  },
  {
    from: /^core\/secrets\//,
    may: /^core\/secrets\//,
    packages: /^(@napi-rs\/keyring|@node-rs\/argon2|zod)$/,
    hasNode: true,
    why: 'secrets know nothing of what they keep safe',
  },
  {
    from: /^core\/doors\//,
    may: /^core\/doors\/|^core\/rpc\.ts$/,
    packages: /^ws$/,
    hasNode: true,
    why: 'a door carries messages and does not read them',
  },
  {
    from: /^core\//,
    may: /^(core|resources)\//,
    packages: /^(?!(electron|react|react-dom|zustand|ag-grid-[\w-]+|@mantine\/[\w-]+)(\/|$))/,
    hasNode: true,
    why: 'the core knows neither Electron nor the window',
  },
  {
    from: /^renderer\/[^/]+$/,
    may: /^renderer\/|^core\/(domain|words)\/|^core\/(contract|contract-org|contract-portal|rpc)\.ts$/,
    packages:
      /^(react|react-dom|react-i18next|i18next|zustand|ag-grid-[\w-]+|@mantine\/[\w-]+|@tabler\/icons-react|uuid)(\/|$)/,
    hasNode: false,
    why: 'the window runs in an ordinary browser and sees only domain, words and contract',
  },
  {
    from: /^renderer\//,
    may: /^renderer\/(state|ui)\/|^renderer\/theme\.ts$|^core\/(domain|words)\/|^core\/(contract|contract-org|contract-portal|rpc)\.ts$/,
    packages:
      /^(react|react-dom|react-i18next|i18next|zustand|ag-grid-[\w-]+|@mantine\/[\w-]+|@tabler\/icons-react|uuid)(\/|$)/,
    hasNode: false,
    why: 'features meet in app.tsx; the window sees only domain, words and contract',
  },
  {
    from: /^electron\//,
    may: /^electron\//,
    packages: /^(electron|electron-vite|vite|@vitejs\/plugin-react|@electron\/fuses)$/,
    hasNode: true,
    why: 'Electron only names the built files of core and renderer',
  },
  {
    // `npm test` prepares the checkout with the same hands as `npm start`.
    from: /^e2e\/([\w-]+\.mjs|playwright\.config\.ts)$/,
    may: /^(e2e|electron)\/[\w-]+\.mjs$/,
    packages: /^@playwright\/test$/,
    hasNode: true,
    why: 'the end-to-end tests see the product from outside',
  },
  {
    from: /^e2e\//,
    may: /^e2e\//,
    packages: /^(@playwright\/test|@axe-core\/playwright)$/,
    hasNode: true,
    why: 'the end-to-end tests see the product from outside',
  },
]

/** A feature of the window may also import its own files. */
const ownFeature = /^renderer\/[^/]+\//

/**
 * Why a file may not import that, or null. Both are paths below the checkout with `/`; `target` is
 * the path an import leads to, or the name of a package or of a module of Node as it is written.
 * @param {string} file
 * @param {{ kind: 'file' | 'package' | 'node', target: string }} imported
 */
export function wallBetween(file, { kind, target }) {
  const row = walls.find(({ from }) => from.test(file))
  if (!row || isAllowed(row, file, kind, target)) return null
  return row.why
}

/** @type {(row: typeof walls[number], file: string, kind: 'file' | 'package' | 'node', target: string) => boolean} */
function isAllowed(row, file, kind, target) {
  if (kind === 'node') return row.hasNode
  if (kind === 'package') return row.packages.test(target)
  const feature = ownFeature.exec(file)?.[0]
  return row.may.test(target) || (feature !== undefined && target.startsWith(feature))
}
