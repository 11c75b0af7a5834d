/** What the console does without a host, to be written down before it is done. */
export interface ConsoleAct {
  readonly action: 'console.export' | 'console.settings'
  /** The door the asker came through. */
  readonly origin: string
  readonly workspaceId: string
  readonly summary: string
}

/** Writes down what the console does by itself. */
export type NoteAct = (act: ConsoleAct) => void
