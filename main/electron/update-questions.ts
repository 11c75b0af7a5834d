import { dialog, type MessageBoxOptions } from 'electron'
import { isFault } from '../../contract/errors.ts'
import type { UpdateStep } from '../../contract/shapes/update.ts'
import type { Speech } from './speech.ts'
import { UPDATE_WORDS, type UpdateWords } from './update-words.ts'
import type { Updates } from './updates.ts'

const TITLE = 'Restore Console'

/**
 * Asked by the shell and not by the page: whoever names the feed, or lets something be put in the console's place, sits
 * before it.
 */
export function asking(speech: Speech) {
  return {
    toFeed(feed: string): Promise<boolean> {
      const { feedQuestion: message, feedRisk, takeThem, cancel } = wordsIn(speech)
      return agrees({ type: 'warning', message, detail: `${feed}\n\n${feedRisk}`, buttons: [takeThem, cancel] })
    },
    toInstall(version: string): Promise<boolean> {
      const words = wordsIn(speech)
      const buttons = [words.install, words.notNow]
      return agrees({ type: 'question', message: words.ready(version), detail: words.replaced, buttons })
    },
  } as const
}

export function wordsIn({ words: { language } }: Speech): UpdateWords {
  return UPDATE_WORDS[language]
}

/** Look, show what changed, and go on as far as whoever sits before it agrees; what came of it, to be said to who asked. */
export async function offerUpdate(updates: Updates, speech: Speech): Promise<string | null> {
  const words = wordsIn(speech)
  try {
    await updates.look()
    const { step } = updates.state()
    if (step.at === 'found') {
      if (!(await agrees(offerOf(step, words)))) return null
      await updates.fetch()
    }
    if (updates.state().step.at === 'ready') {
      await updates.install()
      return null
    }
    return wordsOf(updates.state().step, words)
  } catch (error) {
    if (isFault(error, 'cancelled')) return null
    if (!isFault(error, 'conflict')) throw error
    return error.data.what === 'updates_off' ? words.off : words.runGoesOn
  }
}

/** What is said of how far it came. */
function wordsOf(step: UpdateStep, words: UpdateWords): string | null {
  if (step.at === 'newest') return words.newest
  return step.at === 'failed' ? words.problems[step.problem] : null
}

function offerOf({ version, notes }: Extract<UpdateStep, { at: 'found' }>, words: UpdateWords): MessageBoxOptions {
  return { type: 'info', message: words.found(version), detail: notes, buttons: [words.download, words.notNow] }
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
