/** The gallery's present: all its data is told from here, and its screenshots stop the clock here. */
export const PRESENT = new Date('2026-11-21T14:05:00.000Z')

export interface Span {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
}

/** The moment that lies `span` before the gallery's present, UTC. */
export function before(span: Span): string {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = span
  return new Date(PRESENT.getTime() - (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000).toISOString()
}
