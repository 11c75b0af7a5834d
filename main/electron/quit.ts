import { type App, dialog, type MessageBoxOptions } from 'electron'
import type { GoingRun } from '../services/notices/index.ts'
import type { Front } from './notifications.ts'
import { QUIT_WORDS, type QuitWords } from './quit-words.ts'
import type { Speech } from './speech.ts'

interface Deps {
  readonly app: App
  readonly front: Front
  readonly speech: Speech
  /** The runs that go on in any workspace. */
  readonly goingRuns: () => readonly GoingRun[]
  /** End all that was begun; its failure does not keep the console from quitting. */
  readonly end: () => PromiseLike<void>
  /** Milliseconds between two looks at whether the last run of this computer is over. */
  readonly pause?: number
}

type Answer = 'stay' | 'quit' | 'when-done'

/**
 * Quits without losing a run. Those on other hosts go on without a console, and whoever quits is told so; those on this
 * computer would end with it, so that waiting for them is what is offered first.
 */
export class Quitter implements Disposable {
  readonly #deps: Deps
  #state: 'open' | 'asking' | 'waiting' | 'allowed' | 'ending' | 'ended' = 'open'
  #timer: NodeJS.Timeout | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    const { app } = deps
    app.on('before-quit', (event) => this.#beforeQuit(event))
    app.on('will-quit', (event) => this.#willQuit(event))
  }

  /** True while the window may be closed for good: a window that was closed would have nowhere to stay. */
  mayClose(): boolean {
    return !['open', 'asking', 'waiting'].includes(this.#state)
  }

  /** Quit without a question: who sends a signal, or turns the computer off, is not there to answer one. */
  now(): void {
    if (this.mayClose()) return
    this.#allow()
  }

  /** End all that was begun and then do this in place of quitting; nobody is asked. */
  leaveBy(act: () => void): void {
    if (this.mayClose()) return
    clearInterval(this.#timer)
    this.#end(act)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #beforeQuit(event: { preventDefault(): void }): void {
    if (this.mayClose()) return
    const going = this.#deps.goingRuns()
    if (going.length === 0 && this.#state !== 'asking') {
      clearInterval(this.#timer)
      this.#state = 'allowed'
      return
    }
    event.preventDefault()
    if (this.#state !== 'asking') void this.#ask(going)
  }

  async #ask(going: readonly GoingRun[]): Promise<void> {
    this.#state = 'asking'
    clearInterval(this.#timer)
    const answer = await answerTo(going, this.#deps)
    // Somebody may have sent a signal meanwhile.
    if (this.mayClose()) return
    if (answer === 'quit') this.#allow()
    else if (answer === 'when-done') this.#wait()
    else this.#state = 'open'
  }

  #wait(): void {
    const { front, goingRuns, pause = 1000 } = this.#deps
    this.#state = 'waiting'
    front.window?.hide()
    this.#timer = setInterval(() => {
      if (!goingRuns().some(({ local }) => local)) this.#allow()
    }, pause)
  }

  /** The window was brought up again: whoever wanted to quit when all is done has thought better of it. */
  stay(): void {
    if (this.#state !== 'waiting') return
    clearInterval(this.#timer)
    this.#state = 'open'
  }

  #allow(): void {
    clearInterval(this.#timer)
    this.#state = 'allowed'
    this.#deps.app.quit()
  }

  /** Electron does not wait for promises when it quits: hold it until all has ended, then let it. */
  #willQuit(event: { preventDefault(): void }): void {
    if (this.#state === 'ended') return
    event.preventDefault()
    if (this.#state !== 'ending') this.#end(() => this.#deps.app.quit())
  }

  #end(act: () => void): void {
    this.#state = 'ending'
    const finish = (): void => {
      this.#state = 'ended'
      act()
    }
    void this.#deps.end().then(finish, finish)
  }
}

async function answerTo(
  going: readonly GoingRun[],
  { front: { window }, speech }: Pick<Deps, 'front' | 'speech'>,
): Promise<Answer> {
  const named = going.map((run) => ({ ...run, host: speech.nameOf(run.host) }))
  const { answers, ...options } = questionOf(named, QUIT_WORDS[speech.words.language])
  const shown = window === null || window.isDestroyed() ? null : window
  const { response } = await (shown === null ? dialog.showMessageBox(options) : dialog.showMessageBox(shown, options))
  return answers[response] ?? 'stay'
}

/** What is asked before a console quits while runs go on. */
export function questionOf(
  going: readonly GoingRun[],
  words: QuitWords,
): MessageBoxOptions & { readonly answers: readonly Answer[] } {
  const here = going.filter(({ local }) => local)
  const elsewhere = going.filter(({ local }) => !local)
  const lines = [
    ...elsewhere.map(({ kind, host, certain }) =>
      certain ? words.goesOnElsewhere(kind, host) : words.notKnown(kind, host),
    ),
    ...here.map(({ kind }) => words.interruptedHere(kind)),
  ]
  const waits = here.length > 0
  const answers: readonly Answer[] = waits ? ['when-done', 'stay', 'quit'] : ['quit', 'stay']
  const labels = { 'when-done': words.whenDone, stay: words.stay, quit: waits ? words.interrupt : words.quit }
  return {
    type: 'question',
    title: 'Restore Console',
    message: words.runsGoOn(going.length),
    detail: lines.join('\n'),
    buttons: answers.map((answer) => labels[answer]),
    defaultId: 0,
    cancelId: answers.indexOf('stay'),
    noLink: true,
    answers,
  }
}
