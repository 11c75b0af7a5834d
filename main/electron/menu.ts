import { Menu, type MenuItemConstructorOptions } from 'electron'

/** What the menu can do beyond what every program's can. */
export interface MenuDeeds {
  openSettings(): void
  openDataFolder(): void
  openLogFolder(): void
  openCrashFolder(): void
  lookForUpdates(): void
}

interface Options {
  readonly platform: NodeJS.Platform
  /** A developer's own build shows the developer's tools. */
  readonly packaged: boolean
  readonly deeds: MenuDeeds
}

/** The menu: what a platform expects of one, with its own keys, for the page has its own ways for the rest. */
export function menuTemplate({ platform, packaged, deeds }: Options): MenuItemConstructorOptions[] {
  const line = { type: 'separator' } as const
  const settings = { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => deeds.openSettings() }
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { role: 'appMenu', submenu: appMenu(settings) }
      : // The page has this key too, and it can be another one there: here it is only shown.
        {
          label: 'File',
          submenu: [{ ...settings, registerAccelerator: false }, line, { role: 'close' }, line, { role: 'quit' }],
        }
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
    line,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    line,
    { role: 'togglefullscreen' },
  ]
  const help: MenuItemConstructorOptions[] = [
    { label: 'Open data folder', click: () => deeds.openDataFolder() },
    { label: 'Open log folder', click: () => deeds.openLogFolder() },
    { label: 'Open crash reports', click: () => deeds.openCrashFolder() },
    line,
    { label: 'Look for updates…', click: () => deeds.lookForUpdates() },
    ...(platform === 'darwin' ? [] : [line, { role: 'about' } as const]),
  ]
  return [
    first,
    // A Mac closes its window with ⌘W, and has no other place for it.
    ...(platform === 'darwin' ? [{ label: 'File', submenu: [{ role: 'close' } as const] }] : []),
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ]
}

/** Electron's own, with the settings where a Mac has them. */
function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  const line = { type: 'separator' } as const
  return [
    { role: 'about' },
    line,
    settings,
    line,
    { role: 'services' },
    line,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    line,
    { role: 'quit' },
  ]
}

export function setMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}
