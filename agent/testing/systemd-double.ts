import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asTransientUnit, type Confines } from '../sandbox/transient-unit.ts'
import type { Program } from '../sandbox/write-program.ts'

/** In place of systemd-run: notes its arguments, starts what comes after "--" out of reach of its caller's signals. */
const SYSTEMD_RUN = `#!/bin/sh
printf '%s\\n' "$@" >"$FOLDER/arguments"
while [ "$1" != -- ]; do shift; done
shift
exec 3<&0
setsid env --default-signal "$@" <&3 3<&- &
echo $! >"$FOLDER/started"
wait $!
`
/** In place of systemctl: ends what the other one has started. */
const SYSTEMCTL = `#!/bin/sh
printf '%s\\n' "$*" >>"$FOLDER/asked"
kill "$(cat "$FOLDER/started")"
`

export interface SystemdDouble {
  /** `asTransientUnit`, for a systemd that confines nothing and is told the same. */
  readonly asUnit: (program: Program, confines: Confines) => Program
  /** What systemd-run was told last, an argument each. */
  readonly told: () => string[]
  /** What systemctl was asked, a line each time. */
  readonly asked: () => string
  /** The process that was started last. */
  readonly started: () => number
}

/** In place of systemd, as far as a unit needs it; keeps its notes in `folder`. */
export function systemdDouble(folder: string): SystemdDouble {
  writeFileSync(join(folder, 'systemd-run'), SYSTEMD_RUN, { mode: 0o755 })
  writeFileSync(join(folder, 'systemctl'), SYSTEMCTL, { mode: 0o755 })
  const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return {
    asUnit: (program, confines) => ({ ...asTransientUnit(program, confines), env }),
    told: () => read('arguments').trimEnd().split('\n'),
    asked: () => read('asked'),
    started: () => Number(read('started')),
  }
}
