import { usePreference } from './preferences.ts'

/** Pixels that a row is higher where somebody wants them roomy. */
const ROOM = 8

/** How high a row is, in whole pixels: `pixels` at the usual size of text and density. */
export function useRowHeight(pixels: number): number {
  const room = usePreference('density') === 'roomy' ? ROOM : 0
  return Math.round(((pixels + room) * usePreference('fontSize')) / 100)
}
