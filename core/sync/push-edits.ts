import { BackendError } from '../backends/errors.ts'
import type { EditOutcome, OrgEdit } from '../domain/org-edit.ts'
import {
  leaveEditsUnknown,
  markEditSending,
  nextEdit,
  requeueEdits,
  settleEdit,
} from '../store/org-edits.ts'
import type { Line } from './line.ts'

export const isEditWaiting = (line: Line): boolean => nextEdit(line.store) !== null

/**
 * Sends the oldest waiting edit of the organisation alone, so that what was decided on top of it
 * goes after it; how many were sent. Throws what the network threw, with the edit written down.
 */
export async function pushEdit(line: Line): Promise<number> {
  const { store } = line
  const edit = nextEdit(store)
  if (!edit || !markEditSending(store, edit.editId)) return 0
  const outcome = await answerTo(line, edit)
  settleEdit(store, outcome)
  // The replica shows it when a pull that begins from now on has ended.
  line.pull.bell.work()
  return 1
}

/** What came back could not be written, or nothing came: it is asked again under the same id. */
export const doubtWhatWasSent = (line: Line): void => leaveEditsUnknown(line.store, 'notWritten')

const neverLeft: ReadonlySet<string> = new Set(['offline', 'busy', 'unauthorised'])

async function answerTo(line: Line, edit: OrgEdit): Promise<EditOutcome> {
  try {
    return await line.ask(signal => line.backend.editOrg(edit, signal))
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    if (error.kind === 'refused' || error.kind === 'forbidden') return refusal(edit, error)
    if (neverLeft.has(error.kind)) requeueEdits(line.store, error.kind)
    else leaveEditsUnknown(line.store, error.kind)
    throw error
  }
}

/** The backend understood and will never take it: this is no trouble of the way between. */
const refusal = ({ editId }: OrgEdit, { kind, code }: BackendError): EditOutcome => ({
  editId,
  outcome: 'rejected',
  reasons: [
    {
      code: `orgEdit.reason.${kind === 'forbidden' ? 'notAdmin' : code === 'tooOld' ? 'tooOld' : 'wrongFields'}`,
      field: 'id',
    },
  ],
  theirs: null,
  changedBy: null,
  changedAt: null,
})
