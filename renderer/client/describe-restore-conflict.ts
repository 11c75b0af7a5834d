import { t } from '@lingui/core/macro'
import { fanOutPhrase } from '../../contract/shapes/fan-out.ts'
import { spokenLanguage } from '../language/spoken.ts'
import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way of a restore's target; `detail` is the folder, or what it says. */
const TARGET: Readonly<Record<string, (detail: string) => Description>> = {
  target_not_empty: (folder) => ({
    title: t`The target folder is not empty`,
    explanation: t`${folder} holds files.`,
    nextStep: t`Choose an empty folder, or one that does not exist yet.`,
  }),
  target_unusable: (detail) => ({
    title: t`The target folder cannot be used`,
    explanation: detail,
    nextStep: t`Choose another folder, or let the console make a fresh one.`,
  }),
  path_not_confinable: (folder) => ({
    title: t`The target’s name cannot be used`,
    explanation: t`The agent confines a restore to its target, and cannot do so for ${folder}: its name is not plain text.`,
    nextStep: t`Choose a folder with a plain name, and rename it afterwards.`,
  }),
  target_in_repository: (folder) => ({
    title: t`The target folder lies inside the repository`,
    explanation: t`Restoring to ${folder} would write among the backup’s own files.`,
    nextStep: t`Choose a folder outside of the repository.`,
  }),
}

/** What is wrong with what was chosen; `detail` names the path, or says for how many hosts it is. */
const CHOICE: Readonly<Record<string, (detail: string) => Description>> = {
  wrong_phrase: (hosts) => {
    const phrase = fanOutPhrase(Number(hosts), spokenLanguage())
    return {
      title: t`The typed phrase does not match`,
      explanation: t`For these hosts it is “${phrase}”.`,
      nextStep: t`Look at the hosts once more, then type it.`,
    }
  },
  two_versions: (path) => ({
    title: t`Two versions of one path are chosen`,
    explanation: t`${path} would come from two snapshots, and only one of them can be restored.`,
    nextStep: t`Drop one of the two.`,
  }),
  same_name: (name) => ({
    title: t`Two selected items have the same name`,
    explanation: t`Without the leading path both would be named ${name}.`,
    nextStep: t`Keep the whole path, or restore them one after the other.`,
  }),
}

/** What a start lacks. */
const START: Readonly<Record<string, (detail: string) => Description>> = {
  plan_needed: () => ({
    title: t`This restore needs a plan first`,
    explanation: t`The target already holds files, so the plan for them has to be looked at first.`,
    nextStep: t`Make the plan, read it, and start again.`,
  }),
  confirmation_needed: () => ({
    title: t`This restore has to be confirmed`,
    explanation: t`It overwrites original files, and came without the host’s name and a reason.`,
    nextStep: t`Type the host’s name, say why, and start again.`,
  }),
}

/** Why nothing follows from an earlier run. */
const FOLLOWING: Readonly<Record<string, (detail: string) => Description>> = {
  nothing_to_resume: () => ({
    title: t`There is nothing left to do`,
    explanation: t`That run has finished, or its folder is gone, so it cannot be resumed.`,
    nextStep: t`Look at its ledger; to restore once more, begin a new restore.`,
  }),
  nothing_to_retry: () => ({
    title: t`Nothing in that run failed`,
    explanation: t`Only what failed is tried again, and its ledger names no such item.`,
    nextStep: t`Look at its ledger; to restore once more, begin a new restore.`,
  }),
  no_way_back: (detail) => ({
    title: t`That restore cannot be reverted`,
    explanation: detail === '' ? t`No safety snapshot was taken before it, or it is not kept any more.` : detail,
    nextStep: t`Choose an older snapshot and restore from that what you want back.`,
  }),
}

/** Undefined for a word that is not about restores. */
export function describeRestoreConflict(what: string, detail: string): Description | undefined {
  const words = { ...TARGET, ...CHOICE, ...START, ...FOLLOWING }
  return Object.hasOwn(words, what) ? words[what]?.(detail) : undefined
}
