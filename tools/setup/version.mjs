/**
 * Whether a dotted version is at least another; what follows the numbers (`-rc.1`) is not looked at.
 * @param {string} version
 * @param {string} wanted
 */
export function isAtLeast(version, wanted) {
  const [ours, theirs] = [numbers(version), numbers(wanted)]
  for (const at of [0, 1, 2]) {
    const difference = (ours[at] ?? 0) - (theirs[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** @param {string} version */
function numbers(version) {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number)
}
