import { statfs } from 'node:fs/promises'

/** There is not enough room for a snapshot. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
}

export interface Room {
  readonly directory: string
  /** Bytes that a restore comes to. */
  readonly needed: number
  /** Bytes that are promised to attempts that go on. */
  readonly promised: number
  /** Bytes that all restores together may take; null for all that is free. */
  readonly budget: number | null
}

/** What is always left free, for whatever else lives on the disk. */
const RESERVE = 256 * 2 ** 20
/** A database that comes to life writes too. */
const HEADROOM = 1.1

/** Throws `NoRoom` where a restore does not fit into what is free, or into the budget. */
export async function checkRoom({ directory, needed, promised, budget }: Room): Promise<void> {
  const wanted = Math.ceil(needed * HEADROOM)
  const { bavail, bsize } = await statfs(directory)
  const free = bavail * bsize - RESERVE - promised
  if (wanted > free)
    throw new NoRoom(`It needs ${inWords(wanted)}, and ${inWords(Math.max(0, free))} are free in ${directory}.`)
  if (budget !== null && wanted + promised > budget) {
    throw new NoRoom(
      `It needs ${inWords(wanted)}, and of the budget of ${inWords(budget)} ${inWords(Math.max(0, budget - promised))} are left.`,
    )
  }
}

function inWords(bytes: number): string {
  const gibibytes = bytes / 2 ** 30
  return gibibytes >= 1 ? `${gibibytes.toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`
}
