/**
 * Rule `nachalo/safety`: what security.md forbids, as shapes of the syntax tree. Each shape says
 * what it is called, where it looks, what it looks for, and in which file it is at home.
 */

/** @typedef {any} Node */
/** @type {(node: Node) => string | undefined} */
const nameOf = node => node?.name ?? (typeof node?.value === 'string' ? node.value : undefined)
/** @type {(node: Node, object: RegExp, property: RegExp) => boolean} */
const isMember = (node, object, property) =>
  node?.type === 'MemberExpression' &&
  property.test(nameOf(node.property) ?? '') &&
  object.test(nameOf(node.object) ?? nameOf(node.object?.property) ?? '')
/** @type {(node: Node, property: RegExp) => boolean} */
const isCallOf = (node, property) =>
  node.callee?.type === 'MemberExpression' && property.test(nameOf(node.callee.property) ?? '')
/** @type {(node: Node, value: boolean) => boolean} */
const isLiterally = (node, value) => node?.type === 'Literal' && node.value === value

const mustBeOff =
  /^(nodeIntegration|nodeIntegrationInWorker|nodeIntegrationInSubFrames|webviewTag|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|navigateOnDragDrop)$/
const mustBeOn = /^(contextIsolation|sandbox|webSecurity)$/

/** @type {readonly { what: string, on: string, home?: RegExp, only?: RegExp, isBad: (node: Node) => boolean }[]} */
const shapes = [
  {
    what: 'ipcMain: nothing is asked of the main process, the page has a port to the core',
    on: 'ImportSpecifier',
    isBad: ({ imported }) => nameOf(imported) === 'ipcMain',
  },
  {
    what: 'ipcMain: nothing is asked of the main process, the page has a port to the core',
    on: 'MemberExpression',
    isBad: ({ property }) => nameOf(property) === 'ipcMain',
  },
  {
    what: 'ipc: nothing is asked of the main process, the page has a port to the core',
    on: 'CallExpression',
    only: /^electron\//,
    isBad: node => isMember(node.callee, /^ipc$/, /^(on|once|handle|handleOnce|addListener)$/),
  },
  {
    what: 'ipc: nothing is asked of the main process, the page has a port to the core',
    on: 'CallExpression',
    only: /^electron\//,
    isBad: node =>
      isCallOf(node, /^(on|once|addListener)$/) &&
      /^ipc-message(-sync|-host)?$/.test(nameOf(node.arguments[0]) ?? ''),
  },
  {
    what: 'what a page sends is handed to nobody: the preload only passes the port on',
    on: 'CallExpression',
    only: /^electron\//,
    isBad: node =>
      isMember(node.callee, /^ipcRenderer$/, /^(send|sendSync|sendToHost|invoke|postMessage)$/),
  },
  {
    what: 'contextBridge: the preload exposes nothing',
    on: 'ImportSpecifier',
    isBad: ({ imported }) => nameOf(imported) === 'contextBridge',
  },
  {
    what: 'a window keeps this off',
    on: 'Property',
    only: /^electron\//,
    isBad: ({ key, value }) => mustBeOff.test(nameOf(key) ?? '') && !isLiterally(value, false),
  },
  {
    what: 'a window keeps this on',
    on: 'Property',
    only: /^electron\//,
    isBad: ({ key, value }) => mustBeOn.test(nameOf(key) ?? '') && !isLiterally(value, true),
  },
  {
    what: 'the sandbox is never turned off',
    on: 'Literal',
    only: /^(core|renderer|electron)\//,
    home: /^(electron\/lint|core\/bench)\//,
    isBad: ({ value }) =>
      typeof value === 'string' &&
      /^(--)?(no-sandbox|disable-web-security|disable-setuid-sandbox)$/.test(value),
  },
  {
    what: 'what leaves the window goes through open-external.ts',
    on: 'CallExpression',
    home: /^electron\/open-external\.ts$/,
    isBad: node => isMember(node.callee, /^shell$/, /^(openExternal|openPath)$/),
  },
  {
    what: 'permissions are answered in guard.ts',
    on: 'CallExpression',
    home: /^electron\/guard\.ts$/,
    isBad: node =>
      isCallOf(
        node,
        /^set(PermissionRequest|PermissionCheck|DevicePermission|DisplayMediaRequest)Handler$/,
      ),
  },
  {
    what: 'a bad certificate is never accepted',
    on: 'CallExpression',
    isBad: ({ arguments: [event] }) =>
      ['certificate-error', 'select-client-certificate'].includes(nameOf(event) ?? ''),
  },
  {
    what: 'a bad certificate is never accepted',
    on: 'Property',
    isBad: ({ key, value }) => nameOf(key) === 'rejectUnauthorized' && !isLiterally(value, true),
  },
  {
    what: 'a window loads only the page of the app',
    on: 'CallExpression',
    isBad: node =>
      isCallOf(node, /^loadURL$/) &&
      /^(http|file|data|javascript):/i.test(nameOf(node.arguments[0]) ?? ''),
  },
  {
    what: 'a message says which origin may read it',
    on: 'CallExpression',
    isBad: node => isCallOf(node, /^postMessage$/) && nameOf(node.arguments[1]) === '*',
  },
  {
    what: 'text is never read as HTML',
    on: 'AssignmentExpression',
    isBad: ({ left }) =>
      left.type === 'MemberExpression' &&
      /^(innerHTML|outerHTML|srcdoc)$/.test(nameOf(left.property) ?? ''),
  },
  {
    what: 'text is never read as HTML',
    on: 'CallExpression',
    isBad: node =>
      isCallOf(node, /^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/) ||
      isMember(node.callee, /^document$/, /^write(ln)?$/),
  },
  {
    what: 'text is never read as HTML',
    on: 'JSXAttribute',
    isBad: ({ name }) => /^(dangerouslySetInnerHTML|srcDoc)$/.test(nameOf(name) ?? ''),
  },
  {
    what: 'text is never read as HTML',
    on: 'Property',
    isBad: ({ key }) => nameOf(key) === 'dangerouslySetInnerHTML',
  },
  {
    what: 'serialize() gives an encrypted database as plain bytes, backup() cannot copy one',
    on: 'CallExpression',
    isBad: node =>
      isMember(node.callee, /^(db|database|raw|connection|sqlite)$/i, /^(serialize|backup)$/),
  },
  {
    what: 'a database attached with an empty key is written as plain text',
    on: 'Literal',
    home: /^electron\/lint\//,
    isBad: ({ value }) => typeof value === 'string' && isPlainAttach(value),
  },
  {
    what: 'a database attached with an empty key is written as plain text',
    on: 'TemplateLiteral',
    isBad: ({ quasis }) =>
      isPlainAttach(quasis.map((/** @type {Node} */ { value }) => value.cooked ?? '').join('…')),
  },
  {
    what: 'keytar falls back to a store that forgets: import @napi-rs/keyring',
    on: 'ImportDeclaration',
    isBad: ({ source }) => /(^|\/)keytar$/.test(source.value),
  },
  {
    what: 'keytar falls back to a store that forgets: import @napi-rs/keyring',
    on: 'CallExpression',
    isBad: ({ arguments: [name] }) => /^(@napi-rs\/keyring\/)?keytar$/.test(nameOf(name) ?? ''),
  },
]

/** @param {string} sql */
const isPlainAttach = sql => /\battach\b[\s\S]*\bkey\s+(''|"")/i.test(sql)

export const safety = {
  /** @param {any} context */
  create(context) {
    const file = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/')
    /** @type {Record<string, (node: Node) => void>} */
    const visitor = {}
    for (const { on, what, home, only, isBad } of shapes) {
      if (home?.test(file) || (only && !only.test(file))) continue
      const before = visitor[on]
      visitor[on] = node => {
        before?.(node)
        if (isBad(node)) context.report({ node, message: what })
      }
    }
    return visitor
  },
}
