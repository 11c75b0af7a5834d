import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { Port } from '../../contract/wire/port.ts'
import { handOutPorts } from './ipc-port.ts'
import { PAGE } from './scheme.ts'
import { keepPlace, placeOfWindow } from './window-state.ts'

interface Options {
  readonly preload: string
  /** Where is kept how the window was. */
  readonly dataDirectory: string
  readonly serve: (port: Port) => void
}

/** Open the console's window, where it was: sandboxed, isolated, with nothing of Node in it. */
export async function openWindow({ preload, dataDirectory, serve }: Options): Promise<BrowserWindow> {
  const file = join(dataDirectory, 'window.json')
  const place = placeOfWindow(
    file,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Restore Console',
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  handOutPorts(window, serve)
  keepPlace(window, file)
  window.once('ready-to-show', () => {
    if (place.maximised) window.maximize()
    window.show()
  })
  await window.loadURL(PAGE)
  return window
}
