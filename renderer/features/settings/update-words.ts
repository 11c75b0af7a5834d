import { t } from '@lingui/core/macro'
import {
  type FeedProblem,
  problemWithFeed,
  type UpdateObstacle,
  type UpdateProblem,
} from '../../../contract/shapes/update.ts'

/** Why this console does not replace itself, and who does. */
export const OBSTACLE_WORDS: Readonly<Record<UpdateObstacle, string>> = {
  headless: t`This console was opened for a browser: it does not replace itself. Whoever installed it on this computer brings new versions.`,
  'not-packaged': t`This console runs from its sources: it is no package that could be replaced.`,
}

interface ProblemWords {
  readonly title: string
  readonly explanation: string
  readonly nextStep: string
}

/** Why nothing came of looking, or of fetching. */
export const PROBLEM_WORDS: Readonly<Record<UpdateProblem, ProblemWords>> = {
  'no-server': {
    title: t`The feed’s server does not answer`,
    explanation: t`Nobody answers at its address, or the server has a fault.`,
    nextStep: t`Look at the address and at the network, then look again.`,
  },
  'not-trusted': {
    title: t`The feed’s server is not trusted`,
    explanation: t`Its certificate is not one that this computer trusts. Nothing was fetched.`,
    nextStep: t`Have the server’s certificate fixed, or set another feed.`,
  },
  refused: {
    title: t`The feed’s server refuses access`,
    explanation: t`It wants somebody to sign in, which the console cannot do.`,
    nextStep: t`Make the folder readable, or set another feed.`,
  },
  'no-list': {
    title: t`There is no list of versions at this address`,
    explanation: t`The server answers, but has no latest.yml for this platform in the folder that was set.`,
    nextStep: t`Name the folder that holds it, as docs/packages.md says.`,
  },
  'not-a-list': {
    title: t`What is at this address is no list of versions`,
    explanation: t`The server answers with something that the console does not understand.`,
    nextStep: t`Put what “npm run package” made there, whole.`,
  },
  damaged: {
    title: t`What was fetched is not what the list says`,
    explanation: t`Its checksum or signature does not match. It was discarded, and nothing was installed.`,
    nextStep: t`Have the package on the server checked before you look again.`,
  },
  other: {
    title: t`The feed could not be read`,
    explanation: t`The log says what went wrong.`,
    nextStep: t`Read the log, “Diagnostics…” above has its end.`,
  },
}

const FEED_PROBLEMS: Readonly<Record<FeedProblem, string>> = {
  'no-address': t`This is not an address. An address begins with “https://”.`,
  'not-trusted': t`A feed must use https, unless it is on this computer.`,
  'with-password': t`The address of a feed has no user name and no password.`,
  'with-query': t`A feed is a folder on a server: its address has no “?” and no “#”.`,
}

/** Why an address can be no feed; null where it may be one. */
export function feedProblemWords(address: string): string | null {
  const problem = problemWithFeed(address)
  return problem === null ? null : FEED_PROBLEMS[problem]
}
