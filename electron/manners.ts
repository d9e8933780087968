/** Linux desktops that show a tray as they come; elsewhere a hidden window could not be called back. */
const withTray =
  /^(kde|xfce|lxqt|lxde|mate|x-cinnamon|cinnamon|unity|budgie(:gnome)?|ubuntu:gnome|deepin)$/i

/** Whether the system shows a tray that a hidden window can be called back from. */
export function hasTray(platform: string, desktop: string | undefined): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return platform === 'linux' && withTray.test(desktop?.trim() ?? '')
}

/** The picture of the tray: macOS paints a template itself. */
export function trayPicture(platform: string, waiting: number): string {
  if (platform === 'darwin') return 'trayTemplate.png'
  return waiting > 0 ? 'tray-waiting.png' : 'tray.png'
}
