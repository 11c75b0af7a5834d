import type { Writable } from 'node:stream'

/** What a command may know of where it was called. */
export interface Surroundings {
  readonly environment: Readonly<NodeJS.ProcessEnv>
  readonly workingDirectory: string
  /** Takes what was asked for, and nothing else. */
  readonly out: Writable
  /** Takes what else there is to say, a sentence at a time. */
  readonly say: (sentence: string) => void
}

/** One thing that a program of ours can be told to do. */
export interface Command {
  /** What `--help` prints. */
  readonly help: string
  /** `args` are those after the command's name. Throws `UsageError` for those that it does not take. */
  run(args: readonly string[], surroundings: Surroundings): Promise<void>
}

/** What was checked is not as it was written. The message says what is wrong with it. */
export class NotAsWritten extends Error {
  override readonly name = 'NotAsWritten'
}

/** It was called in a way that it does not know. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
