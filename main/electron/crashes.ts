import type { App } from 'electron'
import type { LogFolder } from '../log-folder.ts'

/**
 * Write down why a process of the console ended. In words alone: a picture of its memory would hold what is open in it,
 * secrets with it, so Chromium's own reporter is never begun. Returns what undoes it.
 */
export function reportCrashes(app: App, folder: LogFolder, now = (): Date => new Date()): Disposable {
  const report = (what: string, detail: unknown): void => folder.report(what, wordsOf(detail), now())
  const uncaught = (error: unknown): void => report('uncaught exception', error)
  app.on('render-process-gone', (_, __, { reason, exitCode }) => {
    if (reason !== 'clean-exit') report('window gone', `reason ${reason}, code ${exitCode}`)
  })
  app.on('child-process-gone', (_, { type, reason, exitCode, name = '' }) => {
    if (reason !== 'clean-exit') report('process gone', `${type} ${name}: reason ${reason}, code ${exitCode}`)
  })
  // Only looked at: what happens then is still Electron's to decide.
  process.on('uncaughtExceptionMonitor', uncaught)
  return { [Symbol.dispose]: () => process.off('uncaughtExceptionMonitor', uncaught) }
}

function wordsOf(detail: unknown): string {
  return detail instanceof Error ? (detail.stack ?? detail.message) : String(detail)
}
