/** What scrolls must be reachable with the keys, though it is nothing to act on; it has the keys as soon as it is there. */
export const SCROLLS = {
  tabIndex: 0,
  ref: (element: HTMLElement | null): void => element?.focus({ preventScroll: true }),
} as const
