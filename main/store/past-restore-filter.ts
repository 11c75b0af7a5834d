import type { PastRestoreFilter } from '../../contract/shapes/past-restore.ts'
import { looked } from './run-columns.ts'

/** A condition in SQL and what stands for its names. */
export interface Condition {
  readonly sql: string
  readonly values: Readonly<Record<string, string>>
}

/** The same, and where the rows are to be looked for when all of them have to be looked at. */
export interface Asked extends Condition {
  /** A text stands in no index: the table is then read from its begin to its end, which is quicker than by an index. */
  readonly every: 'past_restores' | 'past_restores NOT INDEXED'
}

export interface ScopedFilter extends PastRestoreFilter {
  readonly workspaceId: string
  /** For each word of the text, the hosts whose names contain it. */
  readonly hostsNamed: readonly { readonly word: string; readonly hostIds: readonly string[] }[]
}

/**
 * What a filter asks of a row of `past_restores`. Only texts of this file become SQL; what was asked for goes beside it.
 * Words are looked for without regard to case.
 */
export function conditionOf(filter: ScopedFilter): Asked {
  const { workspaceId, hostIds, from, until, hostsNamed } = filter
  const [onlyHost, ...otherHosts] = hostIds
  const parts: (Condition | null)[] = [
    // One host has an index of its own, which gives the order too: the other is kept from being taken instead of it.
    { sql: `${hostIds.length === 1 ? '+' : ''}workspace_id = :workspace`, values: { workspace: workspaceId } },
    onlyHost !== undefined && otherHosts.length === 0
      ? { sql: 'host_id = :host', values: { host: onlyHost } }
      : oneOf('host_id', hostIds),
    oneOf('actor', filter.actors),
    oneOf('target', filter.targets),
    oneOf('outcome', filter.outcomes),
    oneOf('proof', filter.proofs),
    from === null ? null : { sql: 'at >= :from', values: { from } },
    until === null ? null : { sql: 'at < :until', values: { until } },
    ...hostsNamed.map(({ word, hostIds: named }, at) => ({
      sql: `(searched LIKE :word${at} ESCAPE '\\' OR host_id IN (SELECT value FROM json_each(:named${at})))`,
      values: { [`word${at}`]: `%${escapeLike(looked(word))}%`, [`named${at}`]: JSON.stringify(named) },
    })),
  ]
  const asked = parts.filter((part) => part !== null)
  return {
    sql: asked.map(({ sql }) => sql).join(' AND '),
    values: Object.assign({}, ...asked.map(({ values }) => values)),
    every: hostsNamed.length > 0 && hostIds.length !== 1 ? 'past_restores NOT INDEXED' : 'past_restores',
  }
}

function oneOf(column: string, values: readonly string[]): Condition | null {
  if (values.length === 0) return null
  return {
    sql: `${column} IN (SELECT value FROM json_each(:${column}s))`,
    values: { [`${column}s`]: JSON.stringify(values) },
  }
}

function escapeLike(word: string): string {
  return word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}
