/** What scrolls must be reachable with the keys, though it is nothing to act on. */
export const SCROLLS = { tabIndex: 0 } as const
