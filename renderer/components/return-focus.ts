import type { ComboboxStore } from '@mantine/core'

/**
 * Gives the keyboard back to what a list belongs to, at once and only where the list still has it. The store's own
 * `focusTarget` does so a moment later, and takes it from wherever somebody has gone meanwhile.
 */
export function returnFocus({ searchRef, targetRef }: Pick<ComboboxStore, 'searchRef' | 'targetRef'>): void {
  if (searchRef.current !== null && searchRef.current === document.activeElement) targetRef.current?.focus()
}
