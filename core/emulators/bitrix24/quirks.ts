/** Manners of a portal that differ between portals, or that nobody is sure of; each may be switched. */
export interface Quirks {
  /** `all`: everybody may do everything. */
  readonly rights: 'roles' | 'all'
  /** Who may give a task of somebody else's making to another: its creator, or heads too (9.9). */
  readonly taskEditors: 'creator' | 'heads'
  /** What the fast mode says about the total (2.5, 11.3). */
  readonly fastTotal: 'absent' | 'zero'
  /** Empty maps of a batch come as `[]`, maps with keys 0..n as lists (2.4). */
  readonly hasPhpMaps: boolean
  /** `operating` is in the `time` of an answer (2.1). */
  readonly hasOperating: boolean
  /** `operating_reset_at` comes as an ISO string instead of a number (2.1). */
  readonly isResetIso: boolean
  /** An update that changes nothing saves nothing (3.1). */
  readonly skipsIdleSaves: boolean
  /** A fresh item is updated a second after it was created (11.14). */
  readonly hasLateUpdatedTime: boolean
  /** Answers of `tasks.task.update` carry the task; old portals answer without it (3.5). */
  readonly hasTaskInUpdate: boolean
  /** TIMESTAMP_X is an object that was not serialised (3.3). */
  readonly timestamps: 'object' | 'text'
  /** Departments without a head: UF_HEAD is missing or empty (3.3). */
  readonly noHead: 'missing' | 'empty'
  /** Rows of crm.stagehistory.list have ids as text (3.1, recorded). */
  readonly historyIds: 'text' | 'number'
  /** Status of INVALID_CREDENTIALS and insufficient_scope (11.5). */
  readonly badCredentialsStatus: 401 | 403
  /** The documentation says 20 in one place, 50 in another, and shows a field of 26 letters. */
  readonly longestFieldName: number
  /** The plan of the portal: without a paid one there is no REST (1.1). */
  readonly hasRest: boolean
  /** `event.offline.get` with clear=0 (3.7). */
  readonly hasOfflineExtended: boolean
}

export const usualQuirks: Quirks = {
  rights: 'roles',
  taskEditors: 'heads',
  fastTotal: 'absent',
  hasPhpMaps: true,
  hasOperating: true,
  isResetIso: false,
  skipsIdleSaves: true,
  hasLateUpdatedTime: false,
  hasTaskInUpdate: true,
  timestamps: 'object',
  noHead: 'missing',
  historyIds: 'text',
  badCredentialsStatus: 401,
  longestFieldName: 50,
  hasRest: true,
  hasOfflineExtended: true,
}
