import { t } from '@lingui/core/macro'
import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way of a new version; `detail` names a host where it is one. */
const UPDATES: Readonly<Record<string, (detail: string) => Description>> = {
  run_goes_on: (host) => ({
    title: t`A run goes on`,
    explanation: t`There is one on ${host}. While a run goes on, the console is neither replaced nor prepared for it.`,
    nextStep: t`Wait until it is done, then try again.`,
  }),
  updates_off: () => ({
    title: t`Updates are off`,
    explanation: t`No feed is set, so there is nobody to ask.`,
    nextStep: t`Set the address of a feed first.`,
  }),
  nothing_to_fetch: () => ({
    title: t`No version was found that could be fetched`,
    explanation: t`It was fetched already, or the feed has changed.`,
    nextStep: t`Look again.`,
  }),
  nothing_to_install: () => ({
    title: t`No version is ready`,
    explanation: t`Nothing was fetched since the console was started.`,
    nextStep: t`Look again, and download what is found.`,
  }),
}

export function describeUpdateConflict(what: string, detail: string): Description | undefined {
  return Object.hasOwn(UPDATES, what) ? UPDATES[what]?.(detail) : undefined
}
