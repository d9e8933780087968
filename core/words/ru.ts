/** Russian sentences, one file an area: an area adds its line here and the same in en.ts. */
export { default as reason } from './ru/reason.json' with { type: 'json' }
export { default as time } from './ru/time.json' with { type: 'json' }
export { default as firstRun } from './ru/first-run.json' with { type: 'json' }
export { default as import } from './ru/import.json' with { type: 'json' }
export { default as case } from './ru/case.json' with { type: 'json' }
export { default as cli } from './ru/cli.json' with { type: 'json' }
export { default as launcher } from './ru/launcher.json' with { type: 'json' }
export { default as syncView } from './ru/sync-view.json' with { type: 'json' }
export { default as desk } from './ru/desk.json' with { type: 'json' }
export { default as settings } from './ru/settings.json' with { type: 'json' }
export { default as hub } from './ru/hub.json' with { type: 'json' }
export { default as heat } from './ru/heat.json' with { type: 'json' }
export { default as org } from './ru/org.json' with { type: 'json' }
export { default as hubDatabase } from './ru/hub-database.json' with { type: 'json' }
export { default as board } from './ru/board.json' with { type: 'json' }
export { default as desktop } from './ru/desktop.json' with { type: 'json' }
export { default as plan } from './ru/plan.json' with { type: 'json' }
