import { arch, platform, release } from 'node:os'
import { Fault } from '../../../contract/errors.ts'
import type { ShellWords } from '../../../contract/shapes/shell-words.ts'
import { os } from '../console.ts'
import type { RunsService } from '../runs/index.ts'
import { signalOf } from '../signals.ts'
import type { WorkspacesService } from '../workspaces/index.ts'

/** What a shell may be able to do on the computer it runs on. */
export interface Shell {
  readonly kind: 'electron' | 'headless'
  /** Show a folder in the file manager; false when there is no such folder. */
  openFolder?(path: string): Promise<boolean>
  /** Let the operator choose a folder; null when the dialog was dismissed. */
  pickFolder?(): Promise<string | null>
  /** Say this in its menus and its tray from now on, and ask in its language. */
  speak?(words: ShellWords): void
}

interface Deps {
  /** Where this console runs. */
  readonly surroundings: { readonly shell: Shell; readonly version: string; readonly dataDirectory: string }
  readonly runs: RunsService
  readonly workspaces: WorkspacesService
  readonly localHostId: string
  readonly actor: string
  /** Of the console's own key; null while that cannot be read. */
  readonly pin: () => Promise<string | null>
  /** What the console said last. */
  readonly recent: () => readonly string[]
}

/** `system.*` of the console's contract. */
export function systemHandlers(deps: Deps) {
  const { runs, workspaces, localHostId, actor, pin } = deps
  const { shell, version, dataDirectory } = deps.surroundings
  return {
    info: os.system.info.handler(({ context }) => ({
      version,
      shell: shell.kind,
      actor,
      workspace: workspaces.get(context.workspace.id),
      capabilities: { openFolder: shell.openFolder !== undefined, pickFolder: shell.pickFolder !== undefined },
    })),

    diagnostics: os.system.diagnostics.handler(() => ({
      dataDirectory,
      platform: platform(),
      release: release(),
      architecture: arch(),
      runtime:
        process.versions['electron'] === undefined
          ? `Node ${process.versions.node}`
          : `Electron ${process.versions['electron']}`,
      log: [...deps.recent()],
    })),

    identity: os.system.identity.handler(async () => ({ actor, pin: await pin() })),

    speak: os.system.speak.handler(({ input }) => {
      shell.speak?.(input)
      return {}
    }),

    // The path comes from the run's own record: a page cannot have just any folder opened.
    openRunFolder: os.system.openRunFolder.handler(async ({ input: { runId }, context, signal }) => {
      context.workspace.requireOwn('system.openRunFolder', { hostId: localHostId })
      if (shell.openFolder === undefined) throw new Fault('forbidden', { needs: 'desktop' })
      const { subject } = await runs.get({ hostId: localHostId, runId }, signalOf({ signal }))
      if (subject.kind !== 'restore') throw new Fault('not_found', { what: 'folder', id: runId })
      const opened = subject.targetPath.isWellFormed() && (await shell.openFolder(subject.targetPath))
      if (!opened) throw new Fault('not_found', { what: 'folder', id: subject.targetPath })
      return {}
    }),

    pickFolder: os.system.pickFolder.handler(async () => {
      if (shell.pickFolder === undefined) throw new Fault('forbidden', { needs: 'desktop' })
      return { path: await shell.pickFolder() }
    }),
  }
}

export { rememberLog } from './recent-log.ts'
