import type { Program } from '../../engine/process/program.ts'
import type { Unprivileged } from './proof.ts'

/** The program as the unprivileged user starts it: `setpriv` of util-linux, which needs root, and becomes it. */
export function asUser(program: Program, { user }: Unprivileged): Program {
  if (user === null) return program
  const args = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--init-groups',
    '--no-new-privs',
    '--',
    program.file,
    ...program.args,
  ]
  return { ...program, file: 'setpriv', args }
}

/** What a program of others may know of our environment. */
export function plainEnvironment(mark: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...mark }
}
