import assert from 'node:assert/strict'
import { sep } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  contentPolicy,
  fileOfAppUrl,
  isAllowedNavigation,
  pageUrl,
  safeExternal,
  safePreferences,
} from './decisions.ts'

const root = `${sep}page`

test('a window stays on its own page, wherever in it', () => {
  for (const url of [pageUrl, `${pageUrl}#inbox`, `${pageUrl}#https://evil.example`])
    assert.equal(isAllowedNavigation(url), true, url)
})

test('no other address is navigated to, however alike', () => {
  const refused = [
    '',
    'about:blank',
    'app://nachalo',
    'app://nachalo/',
    'app://nachalo/index.html?x=1',
    'app://nachalo/assets/a.js',
    'app://nachalo.evil.example/index.html',
    'app://evil@nachalo/index.html',
    'app://nachalo:80/index.html',
    'APP://nachalo/index.html',
    'app://nachalo/index.html/../index.html',
    'app://nаchalo/index.html',
    'app:/nachalo/index.html',
    'http://nachalo/index.html',
    'https://evil.example/#app://nachalo/index.html',
    'file:///page/index.html',
    'data:text/html,app://nachalo/index.html',
    'javascript:alert(1)//app://nachalo/index.html',
    'blob:app://nachalo/1',
    'view-source:app://nachalo/index.html',
    ' app://nachalo/index.html',
  ]
  for (const url of refused) assert.equal(isAllowedNavigation(url), false, url)
})

test('the files of the page are found with their types', () => {
  const found = [
    'index.html',
    'assets/index-a_B.1.js',
    'assets/grid-1.css',
    'assets/inter.woff2',
  ].map(name => fileOfAppUrl(`app://nachalo/${name}`, root))
  assert.deepEqual(found, [
    { path: `${root}${sep}index.html`, type: 'text/html; charset=utf-8' },
    {
      path: ['', 'page', 'assets', 'index-a_B.1.js'].join(sep),
      type: 'text/javascript; charset=utf-8',
    },
    { path: ['', 'page', 'assets', 'grid-1.css'].join(sep), type: 'text/css; charset=utf-8' },
    { path: ['', 'page', 'assets', 'inter.woff2'].join(sep), type: 'font/woff2' },
  ])
})

test('a path that climbs, decodes, names a drive or a share, or has no known type is no file', () => {
  const refused = [
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets/%00.html',
    '/index.html%00.js',
    '/index.html\0',
    '/C:/windows/win.html',
    '/c|/secret.html',
    '//server/share/a.html',
    '/\\\\server\\share\\a.html',
    '/assets/deep/er.js',
    '/.env.json',
    '/assets/.hidden.js',
    '/assets/',
    '/',
    '',
    '/index',
    '/index.exe',
    '/index.html.',
    '/index.html/',
    '/index.html::$DATA',
    '/%E0%A4%A',
  ]
  for (const path of refused) assert.equal(fileOfAppUrl(`app://nachalo${path}`, root), null, path)
})

test('another scheme, host, port or user is no file', () => {
  const refused = [
    'http://nachalo',
    'app://other',
    'app://nachalo:80',
    'app://me@nachalo',
    'file://nachalo',
    'nachalo',
  ]
  for (const origin of refused)
    assert.equal(fileOfAppUrl(`${origin}/index.html`, root), null, origin)
})

test('whatever is asked for, the file lies in the page’s folder', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E.',
      '%5c',
      '\\',
      '%00',
      'C:',
      'assets',
      '/',
      '//',
      'a.js',
      ':',
      '|',
      '~',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.constantFrom('.html', '.js', ''),
      (pieces, end) => {
        const file = fileOfAppUrl(`app://nachalo/${pieces.join('/')}${end}`, root)
        if (!file) return
        const below = file.path.slice(root.length + 1)
        assert.ok(
          file.path.startsWith(root + sep) && /^(assets[\\/])?[\w.-]+$/.test(below),
          file.path,
        )
        assert.ok(!below.includes('..') && !below.startsWith('.'), file.path)
      },
    ),
    { numRuns: 5000 },
  )
})

test('only web, mail and telephone addresses leave the window', () => {
  assert.deepEqual(
    ['https://example.com/a?b#c', 'mailto:anna@example.com', 'tel:+74951234567'].map(safeExternal),
    ['https://example.com/a?b#c', 'mailto:anna@example.com', 'tel:+74951234567'],
  )
  const refused = [
    '',
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://server/share',
    'ms-msdt:/id',
    'vscode://x',
    'https://me:secret@example.com',
    'https://example.com/\0',
    'https://example.com/\r\nx',
    'https://example.com/\u202Egnp.exe',
    `https://example.com/${'a'.repeat(2000)}`,
    '\\\\server\\share',
    'example.com',
  ]
  for (const url of refused) assert.equal(safeExternal(url), null, url)
})

test('a window is made with nothing given away', () => {
  assert.deepEqual(safePreferences, {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  })
})

test('scripts come from the app alone and nothing is fetched from elsewhere', () => {
  const directives = new Map(contentPolicy.split('; ').map(each => [each.split(' ', 1)[0], each]))
  assert.equal(directives.get('default-src'), "default-src 'none'")
  assert.equal(directives.get('script-src'), "script-src 'self'")
  assert.equal(directives.get('connect-src'), "connect-src 'self'")
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    assert.equal(directives.get(name), `${name} 'none'`)
  assert.doesNotMatch(contentPolicy, /\*|https?:|unsafe-eval|script-src[^;]*unsafe-inline/)
})
