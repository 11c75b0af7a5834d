import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ShellWords } from '../../contract/shapes/shell-words.ts'

/** What the menu can do beyond what every program's can. */
export interface MenuDeeds {
  openSettings(): void
  openDataFolder(): void
  openLogFolder(): void
  openCrashFolder(): void
  lookForUpdates(): void
}

type Words = ShellWords['menu']
type Entry = MenuItemConstructorOptions
/** What Electron does by itself, and is called here by its own name. */
type Role = Extract<NonNullable<Entry['role']>, keyof Words>

interface Options {
  readonly platform: NodeJS.Platform
  /** A developer's own build shows the developer's tools. */
  readonly packaged: boolean
  readonly deeds: MenuDeeds
  readonly words: Words
}

const LINE = { type: 'separator' } as const

/** The menu: what a platform expects of one, with its own keys, for the page has its own ways for the rest. */
export function menuTemplate({ platform, packaged, deeds, words }: Options): Entry[] {
  const isMac = platform === 'darwin'
  const settings = { label: words.settings, accelerator: 'CmdOrCtrl+,', click: () => deeds.openSettings() }
  const [close] = itemsOf(words, 'close')
  const first: Entry = isMac
    ? { role: 'appMenu', submenu: appMenu(settings, words) }
    : // The page has this key too, and it can be another one there: here it is only shown.
      {
        label: words.file,
        submenu: [{ ...settings, registerAccelerator: false }, LINE, ...itemsOf(words, 'close', null, 'quit')],
      }
  const view = [
    ...itemsOf(words, 'reload', ...(packaged ? [] : ['toggleDevTools' as const]), null),
    ...itemsOf(words, 'resetZoom', 'zoomIn', 'zoomOut', null, 'togglefullscreen'),
  ]
  const help: Entry[] = [
    { label: words.dataFolder, click: () => deeds.openDataFolder() },
    { label: words.logFolder, click: () => deeds.openLogFolder() },
    { label: words.crashReports, click: () => deeds.openCrashFolder() },
    LINE,
    { label: words.lookForUpdates, click: () => deeds.lookForUpdates() },
    ...(isMac ? [] : itemsOf(words, null, 'about')),
  ]
  const windows = itemsOf(words, 'minimize', 'zoom', ...(isMac ? ([null, 'front'] as const) : (['close'] as const)))
  return [
    first,
    // A Mac closes its window with ⌘W, and has no other place for it.
    ...(isMac && close !== undefined ? [{ label: words.file, submenu: [close] }] : []),
    { role: 'editMenu', label: words.edit, submenu: editMenu(isMac, words) },
    { label: words.view, submenu: view },
    { role: 'windowMenu', label: words.window, submenu: windows },
    { role: 'help', label: words.help, submenu: help },
  ]
}

/** Electron's own, with the settings where a Mac has them. */
function appMenu(settings: Entry, words: Words): Entry[] {
  return [
    ...itemsOf(words, 'about', null),
    settings,
    ...itemsOf(words, null, 'services', null, 'hide', 'hideOthers', 'unhide', null, 'quit'),
  ]
}

/** Electron's own, which would be in English. */
function editMenu(isMac: boolean, words: Words): Entry[] {
  const edit = itemsOf(words, 'undo', 'redo', null, 'cut', 'copy', 'paste')
  if (!isMac) return [...edit, ...itemsOf(words, 'delete', null, 'selectAll')]
  const speech = { label: words.speech, submenu: itemsOf(words, 'startSpeaking', 'stopSpeaking') }
  return [...edit, ...itemsOf(words, 'pasteAndMatchStyle', 'delete', 'selectAll', null), speech]
}

/** Each with its word; a line for null. */
function itemsOf(words: Words, ...roles: readonly (Role | null)[]): Entry[] {
  return roles.map((role) => (role === null ? LINE : { role, label: words[role] }))
}

export function setMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}
