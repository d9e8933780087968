import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = join(import.meta.dirname, '..')
const at = (...place: string[]) => join(root, ...place)
const out = (name: string) => ({ outDir: at('out', name), emptyOutDir: true, minify: false })

/** Modules with binaries of their own stay in node_modules; everything else is bundled. */
const native = [/^better-sqlite3/, /^@napi-rs\/keyring/, /^@node-rs\/argon2/]

/** Large libraries get files of their own: they change seldom and are read while the rest is parsed. */
const chunks = [
  { name: 'grid', test: /node_modules[\\/]ag-grid/ },
  { name: 'mantine', test: /node_modules[\\/]@mantine/ },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
]

export default defineConfig({
  main: {
    root,
    build: {
      ...out('main'),
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron', ...native],
        input: {
          main: at('electron', 'main.ts'),
          core: at('core', 'main.ts'),
          hub: at('core', 'hub', 'main.ts'),
          embedded: at('core', 'hub', 'embedded.ts'),
          nachalo: at('core', 'cli', 'main.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    root,
    build: {
      ...out('preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron', 'preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      ...out('renderer'),
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: at('renderer', 'index.html'),
        output: { codeSplitting: { groups: chunks } },
      },
    },
  },
})
