import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webhookAccess } from './client.ts'

test('a webhook is read as people paste it', () => {
  const secret = 'abc123xyz'
  const good = { kind: 'webhook', address: 'https://office.bitrix24.ru', userId: '7', secret }
  for (const text of [
    `https://office.bitrix24.ru/rest/7/${secret}/`,
    `https://office.bitrix24.ru/rest/7/${secret}`,
    `https://office.bitrix24.ru/rest/7/${secret}/profile.json`,
    `https://office.bitrix24.ru/rest/7/${secret}/profile.json?x=1#y`,
    `https://office.bitrix24.ru/rest/api/7/${secret}/`,
    `  office.bitrix24.ru/rest/7/${secret}/\n`,
    `«https://OFFICE.bitrix24.ru:443/rest/7/${secret}/»`,
  ])
    assert.deepEqual(webhookAccess(text), good, text)
  const here = { ...good, address: 'http://127.0.0.1:8080' }
  assert.deepEqual(webhookAccess(`127.0.0.1:8080/rest/7/${secret}/`), here)
  assert.deepEqual(webhookAccess(`http://127.0.0.1:8080/rest/7/${secret}/`), here)
})

test('what is no webhook is told why', () => {
  const refused = (text: string) => {
    const access = webhookAccess(text)
    return access.kind === 'refused' ? access.code : access.kind
  }
  assert.deepEqual(
    [
      '',
      'hello world',
      'https://',
      'ftp://office.bitrix24.ru/rest/7/abc/',
      'https://user:pass@office.bitrix24.ru/rest/7/abc/',
      'http://office.bitrix24.ru/rest/7/abc/',
      'https://office.bitrix24.ru/',
      'https://office.bitrix24.ru/rest/abc/7/',
      'https://office.bitrix24.ru/rest/7/',
      'https://office.bitrix24.ru/rest/7/abc/../../x/y',
      'https://office.bitrix24.ru/rest/7/a%2Fb/',
      'https://office.bitrix24.ru/crm/deal/',
    ].map(refused),
    [
      'badAddress',
      'notAWebhook',
      'badAddress',
      'badAddress',
      'badAddress',
      'plainHttp',
      ...Array<string>(6).fill('notAWebhook'),
    ],
  )
})
