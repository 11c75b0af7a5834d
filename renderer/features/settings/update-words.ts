import type { UpdateObstacle, UpdateProblem } from '../../../contract/shapes/update.ts'

/** Why this console does not replace itself, and who does. */
export const OBSTACLE_WORDS: Readonly<Record<UpdateObstacle, string>> = {
  headless:
    'This console was opened for a browser: it does not replace itself. Whoever installed it on this computer brings new versions.',
  'not-packaged': 'This console runs from its sources: it is no package that could be replaced.',
}

interface ProblemWords {
  readonly title: string
  readonly explanation: string
  readonly nextStep: string
}

/** Why nothing came of looking, or of fetching. */
export const PROBLEM_WORDS: Readonly<Record<UpdateProblem, ProblemWords>> = {
  'no-server': {
    title: 'The feed’s server does not answer',
    explanation: 'Nobody answers at its address, or the server has a fault.',
    nextStep: 'Look at the address and at the network, then look again.',
  },
  'not-trusted': {
    title: 'The feed’s server is not trusted',
    explanation: 'Its certificate is not one that this computer trusts. Nothing was fetched.',
    nextStep: 'Have the server’s certificate put right, or name another feed.',
  },
  refused: {
    title: 'The feed’s server lets nobody in',
    explanation: 'It wants somebody to sign in, which a console does not do.',
    nextStep: 'Have the folder opened for reading, or name another feed.',
  },
  'no-list': {
    title: 'There is no list of versions at this address',
    explanation: 'The server answers, and has no latest.yml for this platform in the folder that was named.',
    nextStep: 'Name the folder that holds it, as docs/packages.md says.',
  },
  'not-a-list': {
    title: 'What is at this address is no list of versions',
    explanation: 'The server answers with something that the console does not understand.',
    nextStep: 'Put what “npm run package” made there, whole.',
  },
  damaged: {
    title: 'What was fetched is not what the list says',
    explanation: 'Its checksum or its signature is another. It was thrown away and nothing was installed.',
    nextStep: 'Have the package on the server looked at before you look again.',
  },
  other: {
    title: 'The feed could not be read',
    explanation: 'What went wrong stands in the log.',
    nextStep: 'Read the log, “Diagnostics…” above has its end.',
  },
}
