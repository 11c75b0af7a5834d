import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ProofFailed } from '../proof.ts'

/** Where distributions put the programs of each major version. */
const FOLDERS = (version: string): string[] => [
  `/usr/lib/postgresql/${version}/bin`,
  `/usr/pgsql-${version}/bin`,
  `/opt/homebrew/opt/postgresql@${version}/bin`,
]

/** The folder with `postgres` of exactly this major version. Throws `ProofFailed`, with what is there instead. */
export async function findPrograms(version: string): Promise<string> {
  const folder = FOLDERS(version).find((candidate) => existsSync(join(candidate, 'postgres')))
  if (folder !== undefined) return folder
  const others = await readdir('/usr/lib/postgresql').catch(() => [])
  const there = others.length === 0 ? 'none is installed' : `installed is ${others.join(', ')}`
  throw new ProofFailed(
    `The data directory is of PostgreSQL ${version}, and ${there}. Install postgresql-${version} where the consumer runs.`,
  )
}
