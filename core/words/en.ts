/** English sentences, one file an area: an area adds its line here and the same in ru.ts. */
export { default as reason } from './en/reason.json' with { type: 'json' }
export { default as time } from './en/time.json' with { type: 'json' }
export { default as firstRun } from './en/first-run.json' with { type: 'json' }
export { default as import } from './en/import.json' with { type: 'json' }
export { default as case } from './en/case.json' with { type: 'json' }
export { default as cli } from './en/cli.json' with { type: 'json' }
export { default as launcher } from './en/launcher.json' with { type: 'json' }
export { default as syncView } from './en/sync-view.json' with { type: 'json' }
export { default as desk } from './en/desk.json' with { type: 'json' }
export { default as settings } from './en/settings.json' with { type: 'json' }
export { default as hub } from './en/hub.json' with { type: 'json' }
export { default as heat } from './en/heat.json' with { type: 'json' }
export { default as org } from './en/org.json' with { type: 'json' }
export { default as hubDatabase } from './en/hub-database.json' with { type: 'json' }
export { default as board } from './en/board.json' with { type: 'json' }
export { default as desktop } from './en/desktop.json' with { type: 'json' }
export { default as plan } from './en/plan.json' with { type: 'json' }
