import { Menu, type MenuItemConstructorOptions } from 'electron'

interface Options {
  readonly platform: NodeJS.Platform
  /** A developer's own build shows the developer's tools. */
  readonly packaged: boolean
}

/** The menu: what a platform expects of one, for the page has its own ways for the rest. */
export function menuTemplate({ platform, packaged }: Options): MenuItemConstructorOptions[] {
  const first: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] }
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
  return [first, { role: 'editMenu' }, { label: 'View', submenu: view }, { role: 'windowMenu' }]
}

export function setMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}
