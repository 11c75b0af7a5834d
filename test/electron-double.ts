import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'

/**
 * Stands in for the part of Electron that main/electron and the preload use: enough to see what they ask of it, and
 * to join the preload to main as Electron would. What only Electron can show (sandbox, scheme) it does not show.
 */
export const seen = {
  schemes: [] as unknown[],
  opened: [] as string[],
  windows: [] as BrowserWindow[],
  notifications: [] as Notification[],
  trays: [] as Tray[],
  progress: [] as number[],
  badges: [] as number[],
  overlays: [] as (string | null)[],
  menus: [] as unknown[],
  protocols: [] as string[],
  /** What was asked of the operator, and how many of these answer with which button. */
  questions: [] as { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }[],
  answers: [] as number[],
  pageHandlers: new Map<string, (request: { url: string; method: string }) => Promise<Response>>(),
}

class App extends EventEmitter {
  isPackaged = true
  sandboxed = false
  first = true
  readonly paths = new Map<string, string>()

  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    seen.protocols.push(scheme)
    return true
  }

  async whenReady(): Promise<void> {}

  enableSandbox(): void {
    this.sandboxed = true
  }

  requestSingleInstanceLock(): boolean {
    return this.first
  }

  /** As Electron does: whoever prevents it must ask again. */
  quit(): void {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    this.emit('before-quit', event)
    if (!prevented) this.emit('will-quit', event)
    if (!prevented) seen.opened.push('quit')
  }

  setBadgeCount(count: number): void {
    seen.badges.push(count)
  }

  aboutPanel: unknown = null
  /** On a Mac alone. */
  dock: { setMenu(menu: readonly MenuEntry[]): void } | undefined

  setAboutPanelOptions(options: unknown): void {
    this.aboutPanel = options
  }

  setAppUserModelId(): void {}

  exit(code: number): void {
    seen.opened.push(`exit ${code}`)
  }
}

export const app = new App()

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => undefined,
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
  },
}

class Frame {
  url: string
  /** What main has posted to this frame, as the preload sees it. */
  readonly received = new EventEmitter()

  constructor(url: string) {
    this.url = url
  }

  postMessage(channel: string, _: unknown, ports: readonly unknown[]): void {
    this.received.emit(channel, { ports })
  }
}

export class WebContents extends EventEmitter {
  readonly mainFrame = new Frame('about:blank')
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  getURL(): string {
    return this.mainFrame.url
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: Record<string, unknown>

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    seen.windows.push(this)
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url
    this.emit('ready-to-show')
  }

  show(): void {
    this.visible = true
    seen.opened.push('window')
    this.emit('show')
  }

  hide(): void {
    this.visible = false
    seen.opened.push('hidden')
  }

  isVisible(): boolean {
    return this.visible
  }

  maximize(): void {
    this.maximised = true
  }

  isMaximized(): boolean {
    return this.maximised
  }

  getNormalBounds(): unknown {
    return this.bounds
  }

  visible = false
  maximised = false
  bounds = { x: 10, y: 40, width: 1000, height: 700 }
  focused = false

  isFocused(): boolean {
    return this.focused
  }

  setProgressBar(share: number): void {
    seen.progress.push(share)
  }

  setOverlayIcon(picture: unknown, words: string): void {
    seen.overlays.push(picture === null ? null : words)
  }

  isDestroyed(): boolean {
    return false
  }

  isMinimized(): boolean {
    return true
  }

  restore(): void {
    seen.opened.push('restored')
  }

  focus(): void {
    seen.opened.push('focused')
  }
}

/** Gives the events the `{ data }` around a message that Electron's ports have, and Node's do not. */
class PortMain extends EventEmitter {
  readonly #port: MessageChannel['port1']

  constructor(port: MessageChannel['port1']) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  postMessage(data: unknown): void {
    this.#port.postMessage(data)
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  close(): void {
    this.#port.close()
  }
}

export class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: MessageChannel['port2']

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = port2
  }
}

export const ipcMain = new EventEmitter()

/** The renderer's side of one window's IPC, as the preload sees it. */
export const ipcRenderer = {
  send(channel: string): void {
    const sender = seen.windows.at(-1)?.webContents
    ipcMain.emit(channel, { sender, senderFrame: sender?.mainFrame })
  },
  on(channel: string, listener: (event: { ports: readonly unknown[] }) => void): void {
    seen.windows.at(-1)?.webContents.mainFrame.received.on(channel, listener)
  },
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]): void => void seen.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: { url: string; method: string }) => Promise<Response>): void =>
    void seen.pageHandlers.set(scheme, handler),
}

export const shell = {
  openExternal: async (url: string): Promise<void> => void seen.opened.push(url),
  openPath: async (path: string): Promise<string> => {
    seen.opened.push(path)
    return ''
  },
}

export const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
  showMessageBox: async (...given: unknown[]) => {
    const asked = given.at(-1) as (typeof seen.questions)[number]
    seen.questions.push(asked)
    return { response: seen.answers.shift() ?? 0 }
  },
  showErrorBox: (_: string, sentence: string): void => void seen.opened.push(sentence),
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown): void => void seen.menus.push(menu),
}

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true
  }

  readonly options: { readonly title: string; readonly body: string }

  constructor(options: { readonly title: string; readonly body: string }) {
    super()
    this.options = options
  }

  show(): void {
    seen.notifications.push(this)
  }
}

export interface MenuEntry {
  readonly label?: string
  readonly click?: () => void
}

export class Tray extends EventEmitter {
  tip = ''
  menu: readonly MenuEntry[] = []
  pictures = 1
  isGone = false

  constructor(_picture: unknown) {
    super()
    seen.trays.push(this)
  }

  setToolTip(tip: string): void {
    this.tip = tip
  }

  setContextMenu(menu: readonly MenuEntry[]): void {
    this.menu = menu
  }

  setImage(_picture: unknown): void {
    this.pictures += 1
  }

  destroy(): void {
    this.isGone = true
  }
}

export const nativeImage = { createFromBitmap: (bitmap: Buffer) => ({ bitmap }) }

/** One screen with a bar above. */
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 30, width: 1920, height: 1050 } }] }

export const powerMonitor = new EventEmitter()
