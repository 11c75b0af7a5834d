import { dialog, type MessageBoxOptions } from 'electron'
import { isFault } from '../../contract/errors.ts'
import type { UpdateProblem, UpdateStep } from '../../contract/shapes/update.ts'
import type { Updates } from './updates.ts'

const TITLE = 'Restore Console'

/**
 * Asked by the shell and not by the page: whoever names the feed, or lets something be put in the console's place, sits
 * before it.
 */
export const askBeforeIt = {
  toFeed: (feed: string): Promise<boolean> =>
    agrees({
      type: 'warning',
      message: 'Take new versions from this address?',
      detail: `${feed}\n\nWhoever has that server can replace this console. Nothing is fetched or installed before somebody agrees.`,
      buttons: ['Take them from there', 'Cancel'],
    }),
  toInstall: (version: string): Promise<boolean> =>
    agrees({
      type: 'question',
      message: `Version ${version} is ready`,
      detail: 'The console closes, is replaced and opens again. Runs on other hosts are not touched by it.',
      buttons: ['Install and restart', 'Not now'],
    }),
} as const

/** Look, show what changed, and go on as far as whoever sits before it agrees; what came of it, to be said to who asked. */
export async function offerUpdate(updates: Updates): Promise<string | null> {
  try {
    await updates.look()
    const { step } = updates.state()
    if (step.at === 'found') {
      if (!(await agrees(offerOf(step)))) return null
      await updates.fetch()
    }
    if (updates.state().step.at === 'ready') {
      await updates.install()
      return null
    }
    return wordsOf(updates.state().step)
  } catch (error) {
    if (isFault(error, 'cancelled')) return null
    if (!isFault(error, 'conflict')) throw error
    return error.data.what === 'updates_off'
      ? 'Updates are off. Settings, “Updates” is where a feed is named.'
      : 'A run goes on. Look again when it is done.'
  }
}

/** What is said of how far it came. */
function wordsOf(step: UpdateStep): string | null {
  if (step.at === 'newest') return 'This is the newest version.'
  return step.at === 'failed' ? PROBLEMS[step.problem] : null
}

const PROBLEMS: Readonly<Record<UpdateProblem, string>> = {
  'no-server': 'Nobody answers at the feed’s address.',
  'not-trusted': 'The certificate of the feed’s server is not trusted here. Nothing was fetched.',
  refused: 'The feed’s server lets nobody in without a password.',
  'no-list': 'The feed’s server has no list of versions for this platform.',
  'not-a-list': 'What the feed says is no list of versions.',
  damaged: 'What was fetched is not what the feed’s list says. It was thrown away.',
  other: 'The feed could not be read. The log says why.',
}

function offerOf({ version, notes }: Extract<UpdateStep, { at: 'found' }>): MessageBoxOptions {
  return { type: 'info', message: `Version ${version} is there`, detail: notes, buttons: ['Download', 'Not now'] }
}

async function agrees(question: MessageBoxOptions): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    title: TITLE,
    defaultId: 0,
    cancelId: 1,
    noLink: true,
    ...question,
  })
  return response === 0
}
