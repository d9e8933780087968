import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from './demo/company.ts'
import { portalUnderTest } from './test-portal.ts'

test('§3.5: tasks are asked for in UPPER_CASE and come in camelCase with ids as text', async () => {
  const { call, portal } = portalUnderTest()
  const id = portal.world.createTask({ title: 'Смета', responsibleId: 11, createdBy: demo.head })
  const select = ['ID', 'TITLE', 'RESPONSIBLE_ID', 'UF_CRM_TASK']
  const answer = await call(demo.head, 'tasks.task.list', { filter: { ID: id }, select })
  const [task] = answer.at('result', 'tasks') as Record<string, unknown>[]
  assert.deepEqual(
    [
      task?.['id'],
      task?.['responsibleId'],
      task?.['ufCrmTask'],
      task?.['group'],
      task?.['subStatus'],
    ],
    [String(id), '11', false, [], '2'],
  )
})

test('§3.5: without an order the newest come first', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.director, 'tasks.task.list', { select: ['ID'] })
  const ids = (answer.at('result', 'tasks') as { id: string }[]).map(task => Number(task.id))
  assert.deepEqual(
    ids,
    ids.toSorted((one, two) => two - one),
  )
})

test('§11.1: a task that is gone or hidden is an empty list with status 200', async () => {
  const { call } = portalUnderTest()
  const answer = await call(demo.head, 'tasks.task.get', { taskId: 999_999 })
  assert.deepEqual([answer.status, answer.body['result']], [200, []])
})

test('§11.2: the history tells a deleted task from a hidden one', async () => {
  const { call, portal } = portalUnderTest()
  const taskId = portal.world.createTask({ responsibleId: 31, createdBy: demo.stranger })
  const hidden = await call(demo.head, 'tasks.task.history.list', { taskId })
  assert.deepEqual(
    [hidden.status, hidden.body['error'], hidden.body['error_description']],
    [400, '0', 'Access denied. (internal error)'],
  )
  portal.world.deleteTask(taskId)
  const gone = await call(demo.head, 'tasks.task.history.list', { taskId })
  assert.deepEqual(gone.body['result'], { list: [] })
})

test('§3.5: the history keeps every responsible', async () => {
  const { call, portal } = portalUnderTest()
  const taskId = portal.world.createTask({ responsibleId: 11, createdBy: demo.head })
  const fields = { RESPONSIBLE_ID: 12 }
  const updated = await call(demo.head, 'tasks.task.update', { taskId, fields })
  assert.deepEqual(
    [updated.at('result', 'task', 'responsibleId'), updated.at('result', 'task', 'changedBy')],
    ['12', '10'],
  )
  const filter = { FIELD: 'RESPONSIBLE_ID' }
  const history = await call(demo.head, 'tasks.task.history.list', { taskId, filter })
  assert.deepEqual(history.at('result', 'list', 0, 'value'), { from: '11', to: '12' })
})

test('§3.5: who is responsible may delegate what others created, not edit it', async () => {
  const { call, portal } = portalUnderTest()
  const taskId = portal.world.createTask({ responsibleId: demo.head, createdBy: demo.director })
  const fields = { RESPONSIBLE_ID: 12 }
  const refused = await call(demo.head, 'tasks.task.update', { taskId, fields })
  assert.deepEqual([refused.status, refused.body['error']], [400, '0'])
  assert.match(String(refused.body['error_description']), /^Action on the task is not allowed/)
  const given = await call(demo.head, 'tasks.task.delegate', { taskId, userId: 12 })
  assert.equal(given.at('result', 'task', 'responsibleId'), '12')
})

test('§9.9: whether a head may edit tasks of his people is a switch', async () => {
  for (const taskEditors of ['heads', 'creator'] as const) {
    const { call, portal } = portalUnderTest({ quirks: { taskEditors } })
    const taskId = portal.world.createTask({ responsibleId: 12, createdBy: 11 })
    const fields = { RESPONSIBLE_ID: 13 }
    const answer = await call(demo.head, 'tasks.task.update', { taskId, fields })
    assert.equal(answer.status, taskEditors === 'heads' ? 200 : 400)
    const access = await call(demo.head, 'tasks.task.getAccess', { taskId, users: [demo.head] })
    const actions = access.at('result', 'allowedActions', '10') as Record<string, boolean>
    assert.equal(actions['EDIT'], taskEditors === 'heads')
  }
})

test('§11.7: only somebody who never was is refused as responsible', async () => {
  const { call, portal } = portalUnderTest()
  const taskId = portal.world.createTask({ responsibleId: 11, createdBy: demo.head })
  const give = (id: number) =>
    call(demo.head, 'tasks.task.update', { taskId, fields: { RESPONSIBLE_ID: id } })
  assert.equal((await give(12_345)).body['error'], 'ERROR_CORE')
  assert.equal((await give(demo.dismissed)).status, 200)
})

test('§3.5: members of a workgroup read its tasks', async () => {
  const { call, portal } = portalUnderTest({ cases: 0 })
  const { world } = portal
  world.createTask({ responsibleId: 31, createdBy: demo.stranger, groupId: demo.group })
  world.createTask({ responsibleId: 31, createdBy: demo.stranger })
  const answer = await call(demo.head, 'tasks.task.list', { filter: { GROUP_ID: demo.group } })
  assert.equal(answer.body['total'], 1)
  assert.equal(answer.at('result', 'tasks', 0, 'group', 'id'), String(demo.group))
  assert.equal((await call(demo.head, 'tasks.task.list')).body['total'], 1)
})
