import type { App } from 'electron'
import { linkIn } from './desktop-arguments.ts'

interface Inside {
  /** Bring the window to the operator. */
  readonly bringUp: () => void
  /** Show what a link names. */
  readonly open: (link: string) => void
}

/**
 * Where links come in: what this console was started with, a second one that hands its own over, and on a Mac the system.
 * They wait until there is a console to open them. Whatever else comes only brings the window forward.
 */
export class LinkDoor {
  readonly #waiting: (string | null)[]
  #inside: Inside | undefined

  constructor(app: App, first: string | null) {
    this.#waiting = first === null ? [] : [first]
    app.on('second-instance', (_, argv) => this.#enter(linkIn(argv)))
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#enter(url)
    })
  }

  /** From now on there is somebody to open them. */
  openTo(inside: Inside): void {
    this.#inside = inside
    for (const link of this.#waiting.splice(0)) this.#enter(link)
  }

  #enter(link: string | null): void {
    if (this.#inside === undefined) {
      this.#waiting.push(link)
      return
    }
    this.#inside.bringUp()
    if (link !== null) this.#inside.open(link)
  }
}
