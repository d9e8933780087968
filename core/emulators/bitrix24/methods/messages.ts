import { type Answer, authorOf, type Call, type Methods } from '../call.ts'
import { record } from '../changes.ts'
import { RestError } from '../rest-error.ts'
import { intOf, paramOf, textOf } from '../values.ts'

/** A notice with the tag of an earlier one takes its place (bitrix24.md 3.6). */
function notify(call: Call, isPersonal: boolean): Answer {
  const { world, actor } = call
  const userId = intOf(paramOf(call.params, 'USER_ID'))
  if (userId === null || userId <= 0)
    throw new RestError(400, 'USER_ID_EMPTY', "User ID can't be empty")
  const message = textOf(paramOf(call.params, 'MESSAGE'))
  if (message === '') throw new RestError(400, 'MESSAGE_EMPTY', "Message can't be empty")
  const tag = textOf(paramOf(call.params, 'TAG'))
  const isNamed = actor.appId !== '' || textOf(paramOf(call.params, 'CLIENT_ID')) !== ''
  // A webhook must name a client to use tags (bitrix24.md 1.1).
  if (tag !== '' && !isNamed)
    throw new RestError(400, 'CLIENT_ID_EMPTY', "Client ID can't be empty with TAG")
  if (!world.people.one(userId)) return { result: false }
  const at = world.time.second()
  const earlier = world.notices
    .all()
    .find(each => tag !== '' && each.tag === tag && each.userId === userId)
  if (earlier) world.notices.remove(earlier.id, at)
  const id = world.notices.nextId()
  const fromId = isPersonal ? actor.userId : 0
  world.notices.put({ id, userId, fromId, message, tag, at }, at)
  record(world, {
    author: authorOf(call),
    what: 'notice',
    entityTypeId: null,
    id,
    fields: { userId, message, tag },
    isChanged: true,
  })
  return { result: id }
}

/** Notices to people (bitrix24.md 3.6). */
export const messages: Methods = {
  'im.notify.system.add': { scope: 'im', isWrite: true, run: call => notify(call, false) },
  'im.notify.personal.add': { scope: 'im', isWrite: true, run: call => notify(call, true) },
}
