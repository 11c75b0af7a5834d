import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { keyPinSchema } from '../shapes/enrolment.ts'
import { shellWordsSchema } from '../shapes/shell-words.ts'
import { workspaceSchema } from '../shapes/workspace.ts'

export const system = {
  /** What this console is and what its shell can do; the screens hide what it cannot. */
  info: read.output(
    z.object({
      version: z.string(),
      shell: z.enum(['electron', 'headless']),
      /** `user@machine` as it will stand in the audit. */
      actor: z.string(),
      /** The one that this connection works in. */
      workspace: workspaceSchema,
      capabilities: z.object({
        /** Show a folder of this computer in the desktop's file manager. */
        openFolder: z.boolean(),
        /** Choose a folder of this computer in a native dialog. */
        pickFolder: z.boolean(),
      }),
    }),
  ),
  /** Who this console is to the agents: `user@machine`, and the pin of its key; null while the secrets are not open. */
  identity: read.output(z.object({ actor: z.string(), pin: keyPinSchema.nullable() })),
  /** Where the console keeps what it knows, what it runs on, and what it said last, without secrets: for the settings and a report of a fault. */
  diagnostics: read.output(
    z.object({
      dataDirectory: z.string(),
      platform: z.string(),
      release: z.string(),
      architecture: z.string(),
      /** What the services run in: `Node 24.15.0`, `Electron 39.0.0`. */
      runtime: z.string(),
      /** The newest last; a few hundred lines at most. */
      log: z.array(z.string()),
    }),
  ),
  /** Tell the desktop's shell what to say in its menus, and in which language to ask; nothing where there is no such shell. */
  speak: read.input(shellWordsSchema).output(z.object({})),
  /** Show a run's target in the file manager; only for this computer's own runs. Throws `forbidden`, `not_found`. */
  openRunFolder: write.input(z.object({ runId: z.string() })).output(z.object({})),
  /** A native folder dialog; null when it was dismissed. Throws `forbidden` where the shell has none. */
  pickFolder: write.output(z.object({ path: z.string().nullable() })),
} as const
