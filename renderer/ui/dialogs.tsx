import { useView } from '../state/view.ts'
import { DeferDialog } from './defer-dialog.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { WhomDialog } from './whom-dialog.tsx'

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useView(view => view.dialog)
  switch (dialog) {
    case null:
      return null
    case 'whom':
      return <WhomDialog isDepartmentsOnly={false} />
    case 'department':
      return <WhomDialog isDepartmentsOnly />
    case 'defer':
      return <DeferDialog />
    case 'keys':
      return <KeysDialog />
  }
}
