import { Menu, type MenuItemConstructorOptions } from 'electron'

/** What the menu can do beyond what every program's can. */
export interface MenuDeeds {
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
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: 'File', submenu: [{ role: 'close' }, { type: 'separator' }, { role: 'quit' }] }
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const help: MenuItemConstructorOptions[] = [
    { label: 'Open data folder', click: () => deeds.openDataFolder() },
    { label: 'Open log folder', click: () => deeds.openLogFolder() },
    { label: 'Open crash reports', click: () => deeds.openCrashFolder() },
    { type: 'separator' },
    { label: 'Look for updates…', click: () => deeds.lookForUpdates() },
    ...(platform === 'darwin' ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
  ]
  return [
    first,
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ]
}

export function setMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}
