import type { Description } from './describe-fault.ts'

/** The sentences for what stands in the way of a new version; `detail` names a host where it is one. */
const UPDATES: Readonly<Record<string, (detail: string) => Description>> = {
  run_goes_on: (host) => ({
    title: 'A run goes on',
    explanation: `There is one on ${host}. While any goes on, the console is not replaced, nor made ready for it.`,
    nextStep: 'Wait until it is done, then try again.',
  }),
  updates_off: () => ({
    title: 'Updates are off',
    explanation: 'No feed is named, so that there is nobody to ask.',
    nextStep: 'Name the address of a feed first.',
  }),
  nothing_to_fetch: () => ({
    title: 'No version was found that could be fetched',
    explanation: 'It was fetched already, or the feed has changed.',
    nextStep: 'Look again.',
  }),
  nothing_to_install: () => ({
    title: 'No version is ready',
    explanation: 'Nothing was fetched since the console was started.',
    nextStep: 'Look again, and download what is found.',
  }),
}

export function describeUpdateConflict(what: string, detail: string): Description | undefined {
  return Object.hasOwn(UPDATES, what) ? UPDATES[what]?.(detail) : undefined
}
