import { t } from '@lingui/core/macro'
import type { HostView } from '../../contract/shapes/host.ts'
import type { RunSummary } from '../../contract/shapes/run-summary.ts'
import { formatCount } from '../components/format.ts'
import type { Crumb } from '../components/trail.tsx'

const RUN_ON: Readonly<Record<RunSummary['subject']['kind'], (host: string) => string>> = {
  init: (host) => t`init on ${host}`,
  backup: (host) => t`backup on ${host}`,
  restore: (host) => t`restore on ${host}`,
  diff: (host) => t`diff on ${host}`,
}

export const NAME = t`Restore Console`

/** What the window is called: what runs, where something does, else where one is. */
export function windowTitle(going: string, crumbs: readonly Crumb[]): string {
  return going === '' ? [...crumbs.map(({ label }) => label).toReversed(), NAME].join(' · ') : `${going} – ${NAME}`
}

/** How far what runs has come, first, for a tab shows only some letters of it; empty where nothing runs. */
export function goingOn(hosts: readonly HostView[]): string {
  const going = hosts.flatMap(({ name, activeRun }) => (activeRun === null ? [] : [{ name, run: activeRun }]))
  const [first] = going
  if (first === undefined) return ''
  const shares = going.flatMap(({ run: { progress } }) =>
    progress === null || progress.bytesTotal === null || progress.bytesTotal === 0
      ? []
      : [Math.min(1, progress.bytesDone / progress.bytesTotal)],
  )
  const share = shares.length === 0 ? '' : `${Math.floor(Math.min(...shares) * 100)} % `
  const count = formatCount(going.length)
  const what = going.length === 1 ? RUN_ON[first.run.subject.kind](first.name) : t`of ${count} runs`
  return `${share}${what}`
}
