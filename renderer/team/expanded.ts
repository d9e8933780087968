import { create } from 'zustand'
import type { DepartmentId } from '../../core/domain/id.ts'

/** Departments the head has folded or unfolded; the others are as the tree begins: only tops open. */
const useChoices = create<{ readonly byId: ReadonlyMap<DepartmentId, boolean> }>(() => ({
  byId: new Map(),
}))

export const useExpanded = (departmentId: DepartmentId): boolean =>
  useChoices(({ byId }) => byId.get(departmentId) ?? false)

export function toggle(departmentId: DepartmentId): void {
  useChoices.setState(({ byId }) => ({
    byId: new Map(byId).set(departmentId, !(byId.get(departmentId) ?? false)),
  }))
}
