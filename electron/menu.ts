import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Labels } from './news.ts'
import type { ZoomStep } from './remembered.ts'

export interface MenuActs {
  readonly show: () => void
  readonly quit: () => void
  readonly zoom: (step: ZoomStep) => void
}

/** Until there are words there is no menu: Electron's own has keys that are the page's. macOS cannot do without. */
export function clearMenu(platform: string): void {
  if (platform !== 'darwin') Menu.setApplicationMenu(null)
}

/**
 * The menu in the window's language. It has no undo, copy or close of its own but on macOS, where
 * nothing can be copied without: everywhere else these keys are the page's.
 */
export function setMenu(platform: string, labels: Labels, act: MenuActs): void {
  const view = { label: labels.view, submenu: viewItems(labels, act) }
  const template: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }]
      : [{ label: labels.program, submenu: programItems(labels, act) }, view]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

const programItems = (labels: Labels, { show, quit }: MenuActs): MenuItemConstructorOptions[] => [
  { label: labels.show, click: show },
  { type: 'separator' },
  { label: labels.quit, accelerator: 'CommandOrControl+Q', click: quit },
]

function viewItems(labels: Labels, { zoom }: MenuActs): MenuItemConstructorOptions[] {
  const item = (label: string, accelerator: string, step: ZoomStep, isShown = true) => ({
    label,
    accelerator,
    visible: isShown,
    acceleratorWorksWhenHidden: true,
    click: () => zoom(step),
  })
  return [
    item(labels.zoomIn, 'CommandOrControl+Plus', 'in'),
    item(labels.zoomIn, 'CommandOrControl+=', 'in', false),
    item(labels.zoomIn, 'CommandOrControl+numadd', 'in', false),
    item(labels.zoomOut, 'CommandOrControl+-', 'out'),
    item(labels.zoomOut, 'CommandOrControl+numsub', 'out', false),
    item(labels.zoomReset, 'CommandOrControl+0', 'reset'),
    item(labels.zoomReset, 'CommandOrControl+num0', 'reset', false),
    { type: 'separator' },
    { label: labels.fullScreen, role: 'togglefullscreen' },
  ]
}
