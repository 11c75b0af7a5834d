import { type App, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import type { MenuPage } from '../../contract/shapes/notice.ts'
import type { ShellWords } from '../../contract/shapes/shell-words.ts'
import type { GoingRun, GoingRuns } from '../services/notices/index.ts'
import { bringUp, type Front } from './notifications.ts'
import { counted, filled, type Speech } from './speech.ts'
import { overlayPicture, TRAY_SIZE, trayPicture } from './tray-picture.ts'

/** Electron's word for no bar at all, and for one that only shows that something goes on. */
const NO_BAR = -1
const UNKNOWN_SHARE = 2

interface Deps {
  readonly platform: NodeJS.Platform
  readonly app: App
  readonly front: Front
  readonly speech: Speech
  /** Show a run in the window. */
  readonly open: (run: GoingRun) => void
  readonly showPage: (page: MenuPage) => void
}

/** How far the runs are, where one looks without the window: dock or taskbar, its badge, and the tray. */
export class RunIndicators implements Disposable {
  readonly #deps: Deps
  readonly #tray: Tray | null
  #needsSomeone: boolean | null = null
  #unseen: number | null = null
  #summary: GoingRuns = { going: [], unseen: 0 }

  constructor(deps: Deps) {
    this.#deps = deps
    this.#tray = makeTray()
    this.#tray?.on('click', () => bringUp(deps.front))
    deps.speech.follow(() => {
      // The dot has words too.
      this.#unseen = null
      this.show(this.#summary)
    })
  }

  show(summary: GoingRuns): void {
    this.#summary = summary
    const { app, front } = this.#deps
    if (front.window !== null && !front.window.isDestroyed()) front.window.setProgressBar(barOf(summary.going))
    app.setBadgeCount(summary.unseen)
    app.dock?.setMenu(Menu.buildFromTemplate(this.#pageItems(summary)))
    const needsSomeone = summary.unseen > 0
    if (needsSomeone !== this.#needsSomeone) this.#tray?.setImage(pictureOf(needsSomeone))
    this.#needsSomeone = needsSomeone
    if (summary.unseen !== this.#unseen) this.#overlay(summary)
    this.#unseen = summary.unseen
    this.#tray?.setToolTip(summaryWords(summary, this.#words))
    this.#tray?.setContextMenu(Menu.buildFromTemplate(this.#menu(summary)))
  }

  [Symbol.dispose](): void {
    this.#tray?.destroy()
  }

  get #words(): ShellWords['tray'] {
    return this.#deps.speech.words.tray
  }

  /** Windows has no badge with a number: there a dot lies over the icon in the taskbar. */
  #overlay(summary: GoingRuns): void {
    const { front, platform } = this.#deps
    const needsSomeone = summary.unseen > 0
    if (platform !== 'win32' || front.window === null || front.window.isDestroyed()) return
    const size = { width: TRAY_SIZE, height: TRAY_SIZE }
    const dot = needsSomeone ? nativeImage.createFromBitmap(overlayPicture(), size) : null
    front.window.setOverlayIcon(dot, needsSomeone ? counted(this.#words.needSomebody, summary.unseen) : '')
  }

  /** The runs, each leading to its page, and what needs somebody. */
  #pageItems(summary: GoingRuns): MenuItemConstructorOptions[] {
    const { front, speech, open, showPage } = this.#deps
    const runs = summary.going.map((run) => ({
      label: runWords({ ...run, host: speech.nameOf(run.host) }, this.#words),
      click: () => {
        bringUp(front)
        open(run)
      },
    }))
    const attention = {
      label: counted(this.#words.needSomebody, summary.unseen),
      click: () => {
        bringUp(front)
        showPage('runs')
      },
    }
    return summary.unseen === 0 ? runs : [attention, ...runs]
  }

  #menu(summary: GoingRuns): MenuItemConstructorOptions[] {
    const { front, app } = this.#deps
    const line = { type: 'separator' } as const
    return [
      { label: summaryWords(summary, this.#words), enabled: false },
      ...this.#pageItems(summary),
      line,
      { label: this.#words.show, click: () => bringUp(front) },
      { label: this.#words.quit, click: () => app.quit() },
    ]
  }
}

/** A desktop may have no place for one. */
function makeTray(): Tray | null {
  try {
    return new Tray(pictureOf(false))
  } catch {
    return null
  }
}

function pictureOf(needsSomeone: boolean): Electron.NativeImage {
  const size = { width: TRAY_SIZE, height: TRAY_SIZE }
  return nativeImage.createFromBitmap(trayPicture(needsSomeone), { ...size, scaleFactor: 2 })
}

/** The least of those that are known: the bar is full when all are done. */
export function barOf(going: readonly GoingRun[]): number {
  if (going.length === 0) return NO_BAR
  const shares = going.flatMap(({ share }) => share ?? [])
  return shares.length === 0 ? UNKNOWN_SHARE : Math.min(...shares)
}

type Words = ShellWords['tray']

function summaryWords({ going, unseen }: GoingRuns, words: Words): string {
  const runs = going.length === 0 ? words.nothingRuns : counted(words.runsGoOn, going.length)
  return unseen === 0 ? runs : `${runs}, ${counted(words.needSomebody, unseen)}`
}

function runWords({ host, kind, share }: GoingRun, { runOn }: Words): string {
  return `${filled(runOn[kind], { host })}${share === null ? '' : `: ${Math.floor(share * 100)} %`}`
}
