interface Place {
  readonly active: number
  readonly last: number
  /** Rows that PageUp and PageDown move by. */
  readonly page: number
}

/** Where a key moves the active row of a list; null when the key is not one that moves. */
export function nextRow(event: { readonly key: string }, { active, last, page }: Place): number | null {
  const to = (row: number): number => Math.max(0, Math.min(last, row))
  switch (event.key) {
    case 'ArrowDown':
      return to(active + 1)
    case 'ArrowUp':
      return to(active - 1)
    case 'PageDown':
      return to(active + page)
    case 'PageUp':
      return to(active - page)
    case 'Home':
      return to(0)
    case 'End':
      return to(last)
    default:
      return null
  }
}
