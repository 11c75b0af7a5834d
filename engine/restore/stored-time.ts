/** How far apart two times may be that are taken for one: what a number of milliseconds since 1970 cannot tell apart. */
const BLUR_MILLISECONDS = 0.0005

/** Milliseconds since 1970 of a time as restic stores it, with the fraction that a number can hold, just as Node gives them. */
export function millisecondsOf(stored: string): number {
  const dot = stored.indexOf('.')
  if (dot < 0) return Date.parse(stored)
  let end = dot + 1
  while (end < stored.length && isDigit(stored.charCodeAt(end))) end += 1
  const nanoseconds = Number(stored.slice(dot + 1, end).padEnd(9, '0'))
  return Date.parse(stored.slice(0, dot) + stored.slice(end)) + nanoseconds / 1e6
}

/** Whether two such times are one. */
export function isSameTime(left: number, right: number): boolean {
  return Math.abs(left - right) < BLUR_MILLISECONDS
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
