import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { wallBetween } from './walls.mjs'

/** Rule `nachalo/wall`: an import must be one that its folder's row in `walls.mjs` allows. */
export const wall = {
  /** @param {any} context */
  create(context) {
    const file = slashed(relative(context.cwd, context.filename))
    if (/\.test\.tsx?$/.test(file)) return {}
    const check = (/** @type {any} */ node) => {
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return
      const why = wallBetween(file, importedBy(file, node.value))
      if (why) context.report({ node, message: `${file} may not import ${node.value}: ${why}` })
    }
    const ofSource = (/** @type {any} */ node) => check(node.source)
    return {
      ImportDeclaration: ofSource,
      ImportExpression: ofSource,
      ExportNamedDeclaration: ofSource,
      ExportAllDeclaration: ofSource,
      TSImportType: (/** @type {any} */ node) =>
        check(node.argument?.literal ?? node.argument ?? node.source),
    }
  },
}

/** @type {(file: string, specifier: string) => { kind: 'file' | 'package' | 'node', target: string }} */
function importedBy(file, specifier) {
  if (specifier.startsWith('.'))
    return { kind: 'file', target: slashed(join(dirname(file), specifier)) }
  return { kind: isBuiltin(specifier) ? 'node' : 'package', target: specifier }
}

/** @type {(path: string) => string} */
const slashed = path => path.replaceAll('\\', '/')
