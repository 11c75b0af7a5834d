import { BrowserWindow } from 'electron'
import type { Port } from '../../contract/wire/port.ts'
import { handOutPorts } from './ipc-port.ts'
import { PAGE } from './scheme.ts'

interface Options {
  readonly preload: string
  readonly serve: (port: Port) => void
}

/** Open the console's window: sandboxed, isolated, with nothing of Node in it. */
export async function openWindow({ preload, serve }: Options): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
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
  window.once('ready-to-show', () => window.show())
  await window.loadURL(PAGE)
  return window
}
