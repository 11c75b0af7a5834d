/** Go on where nobody takes any more what is said: a run of this computer would end with the console. */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.off('error', ignore).on('error', ignore)
}

function ignore(): void {
  // What could be said of it, nobody would take either.
}
